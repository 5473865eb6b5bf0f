-- What running nodes have out of use, as each has seen it: shown to the operator, and read by no node.

create table channel_health (
  node           text        not null,
  number         int         not null check (number > 0),
  channel_id     bigint      not null references channel,
  credential_id  bigint      references credential,
  upstream_model text        check (upstream_model <> ''),
  why            text        not null,
  since          timestamptz not null,
  probe_at       timestamptz not null,
  primary key (node, number),
  constraint about_one_part check (credential_id is null or upstream_model is null)
);
comment on table channel_health is 'Copies of what nodes keep in memory; of a dead node it means nothing.';
