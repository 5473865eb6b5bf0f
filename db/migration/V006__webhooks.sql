-- What is told to tenants' programs: endpoints, their secrets, deliveries and attempts.

-- Numbers of the outbox are given before a commit, so a later number may be there before an earlier
-- one. Read in order of the writing transaction, and only up to the oldest that still runs, nothing
-- is ever passed over.
alter table event add column written_by xid8 not null default pg_current_xact_id();
comment on column event.written_by is 'The transaction that wrote it: the order in which it is read.';
create index event_in_order on event (written_by, id);
create index event_of_tenant on event (tenant_id, written_by, id);
create index event_of_task on event (task_id);

create table endpoint (
  id              text        primary key check (id ~ '^[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  tenant_id       bigint      not null references tenant,
  url             text        check (url <> ''),
  format          text        not null check (format in ('reelay', 'openai')),
  types           text[]      not null
    check (cardinality(types) between 1 and 10 and array_position(types, null) is null),
  description     text        not null check (length(description) <= 255),
  failing_days    int         not null default 0 check (failing_days between 0 and 5),
  day_began       timestamptz,
  disabled_reason text        check (disabled_reason in ('gone', 'failing', 'by_hand')),
  disabled_at     timestamptz,
  last_sequence   bigint      not null default 0 check (last_sequence >= 0),
  since           xid8        not null default pg_current_xact_id(),
  created_at      timestamptz not null,
  constraint failing_days_have_begun check ((failing_days = 0) = (day_began is null)),
  constraint disabled_has_a_reason check ((disabled_at is null) = (disabled_reason is null)),
  constraint what_requests_name_stays_enabled check (url is not null or disabled_at is null)
) with (fillfactor = 70);
comment on column endpoint.url is 'Empty for the one endpoint of a tenant whose addresses requests name.';
comment on column endpoint.since is 'Events of earlier transactions are not for it.';
create index endpoint_of_tenant on endpoint (tenant_id, id);
create unique index endpoint_per_request on endpoint (tenant_id) where url is null;

create table endpoint_secret (
  endpoint_id text not null references endpoint on delete cascade,
  number      int  not null check (number > 0),
  sealed      text not null,
  ends_at     timestamptz,
  primary key (endpoint_id, number)
);
comment on column endpoint_secret.sealed is 'Encrypted; shown once, and used to sign.';

create table delivery (
  id          text        primary key check (id ~ '^[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  tenant_id   bigint      not null references tenant,
  endpoint_id text        not null references endpoint on delete cascade,
  event_id    bigint      references event,
  message     text        not null check (message ~ '^[0-7][0-9a-hjkmnp-tv-z]{25}$'),
  type        text        not null,
  task_id     text        references task,
  about       text,
  happened_at timestamptz not null,
  lane        text        not null,
  url         text,
  sequence    bigint      not null check (sequence > 0),
  state       text        not null check (state in ('pending', 'delivered', 'failed')),
  why         text        check (why in ('exhausted', 'gone', 'endpoint_disabled', 'task_deleted')),
  due_at      timestamptz,
  ended_at    timestamptz,
  attempts    int         not null default 0 check (attempts >= 0),
  step        int         not null default 0 check (step between 0 and 10),
  fence       bigint      not null default 0,
  constraint pending_is_due check ((state = 'pending') = (due_at is not null)),
  constraint ended_has_a_time check ((state = 'pending') = (ended_at is null)),
  constraint failed_has_a_reason check ((state = 'failed') = (why is not null)),
  constraint about_one_thing check ((task_id is null) <> (about is null)),
  unique (endpoint_id, event_id),
  unique (endpoint_id, sequence)
) with (fillfactor = 70);
comment on table delivery is 'An event for an endpoint.';
comment on column delivery.url is 'The address that the request named; empty for the endpoint''s own.';
comment on column delivery.fence is 'The node that has it in its hands; 0 for none.';
create index delivery_due on delivery (lane, due_at) where state = 'pending';
create index delivery_of_tenant on delivery (tenant_id, id);
create index delivery_of_endpoint on delivery (endpoint_id, happened_at);
create index delivery_of_task on delivery (task_id) where task_id is not null;
create index delivery_of_event on delivery (event_id) where event_id is not null;
create index delivery_age on delivery (ended_at) where ended_at is not null;
alter table delivery set (autovacuum_vacuum_scale_factor = 0.02);

create table delivery_attempt (
  delivery_id text        not null references delivery on delete cascade,
  number      int         not null check (number > 0),
  at          timestamptz not null,
  millis      bigint      not null check (millis >= 0),
  outcome     text        not null check (outcome in ('answered', 'silence', 'refused')),
  status      int,
  retry_after bigint      check (retry_after >= 0),
  detail      text        not null check (length(detail) <= 65536),
  primary key (delivery_id, number),
  constraint an_answer_has_a_status check ((outcome = 'answered') = (status is not null))
);
comment on column delivery_attempt.detail is 'The beginning of the answer, or why there was none.';

create table outbox_reader (
  name       text   primary key,
  written_by xid8   not null,
  event_id   bigint not null
);
comment on table outbox_reader is 'How far the outbox was read. Events of before webhooks are not told.';
insert into outbox_reader (name, written_by, event_id)
  select 'webhooks', pg_current_xact_id(), coalesce(max(id), 0) from event;
