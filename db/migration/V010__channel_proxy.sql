-- The proxy through which all calls of a channel go, if the operator set one.

create table channel_proxy (
  channel_id     bigint  primary key references channel,
  kind           text    not null check (kind in ('http', 'socks5')),
  host           text    not null check (host <> ''),
  port           int     not null check (port between 1 and 65535),
  resolves_names boolean not null,
  user_name      text    check (user_name <> ''),
  sealed         text,
  version        int     not null check (version > 0),
  constraint user_has_a_password check ((user_name is null) = (sealed is null))
);
comment on column channel_proxy.sealed is 'Its password, encrypted, write-only: no interface gives it back.';
comment on column channel_proxy.version is 'Sealed in with it, so an older secret put back is noticed.';
