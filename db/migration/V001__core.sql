-- The relay's core. Forward only, never edited. Amounts are micros of the one currency; a CHECK
-- stands for everything that the code believes.

create table setting (
  name  text primary key,
  value text not null
);
comment on table setting is 'Facts about this installation, such as the master key''s fingerprint.';

-- Who calls -------------------------------------------------------------------------------------

create table plan (
  id                bigint generated always as identity primary key,
  name              text   not null unique,
  open_tasks_max    int    check (open_tasks_max > 0),
  factor_millionths bigint not null default 1000000 check (factor_millionths >= 0)
);
insert into plan (name) values ('default');

create table tenant (
  id         bigint generated always as identity primary key,
  name       text        not null unique check (name <> ''),
  plan_id    bigint      not null references plan,
  created_at timestamptz not null
);

create table account (
  tenant_id  bigint primary key references tenant,
  available  bigint not null default 0 check (available >= 0),
  held       bigint not null default 0 check (held >= 0),
  charged    bigint not null default 0 check (charged >= 0),
  open_tasks int    not null default 0 check (open_tasks >= 0)
) with (fillfactor = 50);

create table api_key (
  id             bigint generated always as identity primary key,
  tenant_id      bigint      not null references tenant,
  name           text        not null,
  hash           bytea       not null unique check (length(hash) = 32),
  display        text        not null,
  expires_at     timestamptz,
  revoked_at     timestamptz,
  spend_limit    bigint      check (spend_limit >= 0),
  spent          bigint      not null default 0 check (spent >= 0),
  open_tasks_max int         check (open_tasks_max > 0),
  declared       boolean     not null default false,
  created_at     timestamptz not null
) with (fillfactor = 70);
comment on column api_key.spent is 'Held and charged through this key; a release takes it back.';
create index api_key_tenant on api_key (tenant_id);

-- What can be made, by whom, for how much -------------------------------------------------------

create table model (
  name       text        primary key,
  capability jsonb       not null,
  created_at timestamptz not null
);

create table alias (
  name       text        primary key,
  targets    text[]      not null check (cardinality(targets) > 0),
  created_at timestamptz not null
);

create table channel (
  id                bigint generated always as identity primary key,
  name              text        not null unique check (name <> ''),
  provider          text        not null,
  base_url          text        not null,
  enabled           boolean     not null default true,
  priority          int         not null default 0,
  weight            int         not null default 1 check (weight > 0),
  calls_at_once_max int         not null check (calls_at_once_max > 0),
  polls_per_minute  int         not null check (polls_per_minute > 0),
  settings          jsonb       not null default '{}',
  created_at        timestamptz not null
);
comment on table channel is 'One configured account at one provider.';

create table credential (
  id         bigint generated always as identity primary key,
  channel_id bigint      not null references channel,
  name       text        not null,
  sealed     text        not null,
  version    int         not null default 1 check (version > 0),
  enabled    boolean     not null default true,
  created_at timestamptz not null,
  unique (channel_id, name)
);
comment on column credential.sealed is 'Encrypted, write-only: no interface gives it back.';
comment on column credential.version is 'Sealed in with it, so an older secret put back is noticed.';

create table channel_model (
  channel_id     bigint not null references channel,
  model          text   not null,
  upstream_model text   not null,
  primary key (channel_id, model)
);

create table price_rule (
  id         bigint generated always as identity primary key,
  model      text        not null,
  version    int         not null check (version > 0),
  kind       text        not null
    check (kind in ('per_video', 'per_second', 'per_token', 'per_unit', 'reported_cost')),
  body       jsonb       not null,
  valid_from timestamptz not null,
  created_at timestamptz not null,
  unique (model, version)
);

-- Nodes -----------------------------------------------------------------------------------------

create sequence node_fence;

create table node (
  name        text        primary key,
  fence       bigint      not null unique,
  lease_until timestamptz not null,
  started_at  timestamptz not null
);
comment on table node is 'A living relay holds one lease here, by database time; tasks carry its fence.';

-- Tasks -----------------------------------------------------------------------------------------

create table task (
  id               text        primary key check (id ~ '^[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  tenant_id        bigint      not null references tenant,
  key_id           bigint      not null references api_key,
  dialect          text        not null,
  requested_model  text        not null,
  served_model     text        not null,
  upstream_model   text,
  request          jsonb       not null,
  client_reference text,
  metadata         jsonb       not null default '{}',
  callback_url     text,
  warnings         jsonb       not null default '[]',
  parent_task_id   text        references task,
  channel_pin      bigint      references channel,
  hold             bigint      not null check (hold >= 0),
  price_snapshot   jsonb       not null,
  charged          bigint      check (charged between 0 and hold),
  upstream_cost    bigint,
  created_at       timestamptz not null,
  leave_queue_by   timestamptz not null,
  finish_by        timestamptz not null check (finish_by >= leave_queue_by),
  version          bigint      not null check (version >= 0),
  owner_node       text        not null,
  fence            bigint      not null,
  state            text        not null check (state in
    ('queued', 'submitting', 'in_doubt', 'running', 'storing', 'succeeded', 'failed', 'canceled')),
  state_body       jsonb       not null,
  attempts         int         not null check (attempts >= 0),
  progress         int         not null check (progress between 0 and 100),
  cancel_requested boolean     not null,
  deleted_at       timestamptz,
  next_poll_at     timestamptz,
  updated_at       timestamptz not null,
  finished_at      timestamptz,
  constraint final_has_a_time check
    ((state in ('succeeded', 'failed', 'canceled')) = (finished_at is not null)),
  constraint only_success_is_charged check ((state = 'succeeded') = (charged is not null))
) with (fillfactor = 70);
create index task_of_tenant on task (tenant_id, id desc) where deleted_at is null;
create index task_open on task (fence) where finished_at is null;
-- No index names the state: then most updates of a task stay on its page (HOT).
create index task_reference on task (tenant_id, client_reference) where client_reference is not null;
alter table task set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);

create table attempt (
  task_id        text        not null references task,
  number         int         not null check (number > 0),
  channel_id     bigint      not null references channel,
  credential_id  bigint      not null references credential,
  upstream_model text        not null,
  token          text        not null unique,
  started_at     timestamptz not null,
  opened_version bigint      not null,
  reason         text        not null,
  fate           text        not null check (fate in
    ('sending', 'got', 'not_sent', 'rejected', 'in_doubt', 'never_created', 'given_up')),
  upstream_id    text,
  why            text        not null,
  primary key (task_id, number),
  constraint got_has_an_id check ((fate = 'got') = (upstream_id is not null))
) with (fillfactor = 70);
comment on table attempt is 'Written before the first byte leaves; one row a try.';
comment on column attempt.opened_version is 'The task''s version that opened it.';
comment on column attempt.reason is 'Why this channel was chosen; "why" says how the attempt ended.';
-- Two attempts can never adopt one job. Hashed, since an id may be longer than an index entry.
create unique index attempt_upstream_id on attempt (channel_id, md5(upstream_id))
  where upstream_id is not null;

create table asset (
  id           text        primary key check (id ~ '^[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  tenant_id    bigint      not null references tenant,
  task_id      text        references task,
  kind         text        not null check (kind in ('video', 'poster', 'input')),
  content_type text        not null,
  bytes        bigint      not null check (bytes > 0),
  sha256       text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
  width        int         not null check (width >= 0),
  height       int         not null check (height >= 0),
  millis       bigint      not null check (millis >= 0),
  expires_at   timestamptz not null,
  removed_at   timestamptz
);
create index asset_expiry on asset (expires_at) where removed_at is null;
create index asset_of_task on asset (task_id);

create table task_event (
  task_id text        not null references task,
  number  bigint      not null,
  at      timestamptz not null,
  word    text        not null,
  state   text        not null,
  detail  text        not null,
  primary key (task_id, number)
);
comment on table task_event is 'What the timeline tells beside tasks and attempts: append-only.';

-- Accept and each start of an attempt have rows of their own already and are not written twice.
create view timeline as
  select id as task_id, 0::bigint as number, created_at as at,
    'task.created' as word, 'queued' as state, '' as detail
  from task
  union all
  select task_id, opened_version, started_at, 'submit.started', 'submitting', reason from attempt
  union all
  select task_id, number, at, word, state, detail from task_event;
comment on view timeline is 'A task''s story, numbered by its version.';

create table event (
  id         bigint generated always as identity primary key,
  tenant_id  bigint      not null references tenant,
  task_id    text        not null references task,
  type       text        not null,
  created_at timestamptz not null
);
comment on table event is 'Outbox: what webhooks will tell, in order.';

create table idempotency (
  tenant_id   bigint      not null references tenant,
  route       text        not null,
  key         text        not null check (length(key) between 1 and 255),
  fingerprint text        not null check (length(fingerprint) = 64),
  task_id     text        not null,
  answer      text        not null,
  created_at  timestamptz not null,
  primary key (tenant_id, route, key)
);
create index idempotency_age on idempotency (created_at);

-- Money -----------------------------------------------------------------------------------------

create table ledger_entry (
  id        bigint generated always as identity primary key,
  tenant_id bigint      not null references tenant,
  task_id   text        references task,
  kind      text        not null,
  from_book text        not null,
  to_book   text        not null,
  amount    bigint      not null check (amount > 0),
  closes    boolean     not null,
  reason    text        not null,
  at        timestamptz not null,
  constraint kind_fixes_the_books check ((kind, from_book, to_book) in (
    ('top_up', 'cash', 'available'),
    ('hold', 'available', 'held'),
    ('settle', 'held', 'revenue'),
    ('release', 'held', 'available'),
    ('refund', 'revenue', 'available'),
    ('correction', 'available', 'cash'))),
  constraint task_money_names_its_task check
    (kind not in ('hold', 'settle', 'release', 'refund') or task_id is not null)
);
comment on table ledger_entry is 'Immutable double entries: the amount leaves one book and enters another.';
create unique index ledger_once on ledger_entry (task_id, kind) where kind in ('hold', 'settle', 'release');
create unique index ledger_closes_once on ledger_entry (task_id) where closes;
create index ledger_of_tenant on ledger_entry (tenant_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only; a correction is a new row', tg_table_name;
end $$;
create trigger ledger_is_immutable before update or delete on ledger_entry
  for each row execute function refuse_change();
create trigger timeline_is_immutable before update or delete on task_event
  for each row execute function refuse_change();
