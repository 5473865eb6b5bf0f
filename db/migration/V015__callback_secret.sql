-- A second secret of a credential: the one by which its provider signs callbacks.

alter table credential
  add column callback_sealed  text,
  add column callback_version int not null default 0 check (callback_version >= 0),
  add constraint callback_secret_has_a_version
    check (callback_sealed is null or callback_version > 0);
comment on column credential.callback_sealed is
  'Encrypted, write-only: no interface gives it back. Null where callbacks are not checked by it.';
comment on column credential.callback_version is
  'Sealed in with it, and counted up by each change, so an older secret put back is noticed.';
