-- Absence and load: who has claimed what and who was asked to review what, counted without reading streams.

create table loads (
  epic_id text not null,
  stage text not null,
  kind text not null check (kind in ('claim', 'review')),
  role text not null,
  person_id bigint not null,
  repository_id bigint not null,
  issue integer,
  since timestamptz not null,
  open boolean not null,
  primary key (epic_id, stage, kind, role, person_id)
);
comment on table loads is 'Who has claimed what and who was asked to review what; written in the transaction that appends its events.';
comment on column loads.since is 'When it was claimed, or when the person was last asked.';
comment on column loads.open is 'False once the stage is out of their hands; kept, so that the next one asked is another.';
create index loads_person on loads (repository_id, person_id, kind);
create index loads_claims on loads (repository_id, role) where open and kind = 'claim';

-- What is in progress now counts from the start.
insert into loads (epic_id, stage, kind, role, person_id, repository_id, issue, since, open)
select epics.id, stage ->> 'key', 'claim', stage ->> 'role', (claimed.data -> 'by' ->> 'id')::bigint, epics.repository_id,
       (stage ->> 'issue')::integer, claimed.at, true
  from epics,
       json_array_elements(epics.summary -> 'stages') as stage,
       lateral (select data, at from events
                 where epic_id = epics.id and type = 'StageClaimed' and data ->> 'stage' = stage ->> 'key'
                 order by version desc limit 1) as claimed
 where epics.status in ('running', 'paused') and stage ->> 'status' = 'in-progress';
