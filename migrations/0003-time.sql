-- Time: when the next alarm of an epic rings, so that those that are due are found without looking at the others.

alter table epics add column next_alarm timestamptz;
comment on column epics.next_alarm is 'When something happens by itself if nothing else does; null: never.';
create index epics_next_alarm on epics (next_alarm) where next_alarm is not null;
