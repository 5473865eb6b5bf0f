-- A tenant's own price factor, and which of equal channels a model prefers.

alter table tenant add column factor_millionths bigint not null default 1000000
  check (factor_millionths between 0 and 1000000000);
comment on column tenant.factor_millionths is 'Beside that of the plan; tasks keep the one of their create.';

-- Larger ones never were a price that anybody meant, and would not multiply exactly.
update plan set factor_millionths = 1000000000 where factor_millionths > 1000000000;
alter table plan add constraint plan_factor_has_a_bound check (factor_millionths <= 1000000000);

alter table model add column preference text not null default 'weight'
  check (preference in ('weight', 'cheapest'));
comment on column model.preference is 'How channels that are equal otherwise are put in order.';
