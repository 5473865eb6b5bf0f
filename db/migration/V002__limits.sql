-- How often a tenant may call, and what a key may do and from where. Empty means no limit.

alter table plan
  add column create_per_minute int check (create_per_minute between 1 and 1000000),
  add column query_per_minute  int check (query_per_minute between 1 and 1000000);
comment on column plan.query_per_minute is 'If empty, follows from open_tasks_max; see docs/limits.md.';

alter table api_key
  add column create_per_minute int check (create_per_minute between 1 and 1000000),
  add column query_per_minute  int check (query_per_minute between 1 and 1000000),
  add column models            text[] not null default '{}'
    check (cardinality(models) <= 100 and array_position(models, null) is null
      and array_position(models, '') is null),
  add column addresses         text[] not null default '{}'
    check (cardinality(addresses) <= 100 and array_position(addresses, null) is null
      and addresses::cidr[] is not null),
  add column rotated_from      bigint references api_key check (rotated_from < id),
  -- All keys of a tenant share the rates of its plan; only a declared key has rates of its own.
  add constraint api_key_own_rates
    check (declared or (create_per_minute is null and query_per_minute is null));
comment on column api_key.models is 'Names that may be asked for; empty for all.';
comment on column api_key.addresses is 'Blocks from which the key may be used; empty for all.';
comment on column api_key.rotated_from is 'The key whose place this one took.';
