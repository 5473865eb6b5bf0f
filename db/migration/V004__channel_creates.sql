-- How many creates a minute each credential of a channel may be sent. Empty means any number.

alter table channel
  add column creates_per_minute int check (creates_per_minute > 0);
