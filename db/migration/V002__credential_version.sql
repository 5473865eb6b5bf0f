-- A sealed credential opens only as the version it was sealed as, so that an older secret put back
-- into its row is noticed.

alter table credential add column version int not null default 1 check (version > 0);
