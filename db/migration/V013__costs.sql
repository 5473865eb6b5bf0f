-- What providers ask of us, and what each task's job cost: for the operator, and never in the ledger.

create table cost_rule (
  id               bigint generated always as identity primary key,
  channel_id       bigint      not null references channel,
  upstream_model   text        not null check (upstream_model <> ''),
  version          int         not null check (version > 0),
  kind             text        not null
    check (kind in ('per_video', 'per_second', 'per_token', 'per_unit', 'reported_cost')),
  body             jsonb       not null,
  exchange_numerator   bigint      not null check (exchange_numerator > 0),
  exchange_denominator bigint      not null check (exchange_denominator > 0),
  valid_from       timestamptz not null,
  created_at       timestamptz not null,
  unique (channel_id, upstream_model, version)
);
comment on table cost_rule is 'Versions of what a provider asks; one is never edited, attempts keep theirs.';
comment on column cost_rule.exchange_numerator is 'With the denominator: how much of our currency one of theirs is.';

alter table task add column cost_basis text check (cost_basis in ('reported', 'rule'));
update task set cost_basis = 'reported' where upstream_cost is not null;
alter table task
  add constraint cost_is_not_negative check (upstream_cost >= 0),
  add constraint cost_has_a_basis check ((upstream_cost is null) = (cost_basis is null));
comment on column task.upstream_cost is 'What its job cost us; empty while, or if, nobody knows.';

-- Refunds are few, and the margin looks for those of tasks.
create index ledger_refund on ledger_entry (task_id) where kind = 'refund';
