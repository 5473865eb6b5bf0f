-- What recipes know of attempts whose answer was lost. None of it is a task's state.

-- Who may own a job of an account that nobody owns yet: few rows, whatever the size of the table.
create index attempt_unknown on attempt (channel_id, credential_id, started_at)
  where fate in ('sending', 'in_doubt', 'given_up');

create table callback_hint (
  task_id     text        not null,
  attempt     int         not null,
  upstream_id text        not null check (length(upstream_id) between 1 and 4096),
  heard_at    timestamptz not null,
  foreign key (task_id, attempt) references attempt
);
comment on table callback_hint is 'Ids that callbacks named: hints, believed only after a poll.';
-- Hashed, since an id may be longer than an index entry.
create unique index callback_hint_once on callback_hint (task_id, attempt, md5(upstream_id));

create table doubt_look (
  task_id text        not null,
  attempt int         not null,
  recipe  text        not null check (recipe in ('token', 'reference', 'callback', 'list')),
  times   int         not null check (times > 0),
  at      timestamptz not null,
  result  text        not null,
  next_at timestamptz,
  primary key (task_id, attempt, recipe),
  foreign key (task_id, attempt) references attempt
);
comment on table doubt_look is 'How each recipe of a doubt fared last, for the operator.';
