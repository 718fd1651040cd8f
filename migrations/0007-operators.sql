-- What an operator asks for: since when a promise is due or given up, and figures whose cost follows what they count.

alter table promises add column given_up_at timestamptz;
comment on column promises.given_up_at is 'When we stopped trying by ourselves; null where an older Gatehouse did, and while it is not given up.';

-- What was due before this counts from now.
alter table promises add column due_since timestamptz not null default now();
comment on column promises.due_since is 'Since when GitHub has been told less than is true; counts anew once it was told.';

-- Metrics are read every few seconds: they must not take apart every summary there ever was. By `like`, since PostgreSQL
-- takes that to be rare, and `is not null` to be common.
create index epics_signals on epics (id) where summary::text like '%"signals":%';
create index epics_bypassed on epics (id) where summary::text like '%"bypassed":%';
create index epics_reworks on epics (id) where summary::text like '%"reworks":%';
create index epics_in_review on epics (id) where status = 'running' and summary::text like '%"status":"in-review"%';
