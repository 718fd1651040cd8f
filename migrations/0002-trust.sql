-- Trust: a history that shows when it was changed, replicas that notice each other's end, limits that replicas share,
-- and what is remembered of GitHub between two looks.

-- ── The chain ────────────────────────────────────────────────────────────────
-- Computed here and not by the program, so that every writer, of whatever version, continues it.
-- `gatehouse verify` computes it a second time, elsewhere and in another language.

alter table events add column hash bytea;

create function chain_field(value text) returns bytea language sql immutable as $$
  select convert_to(octet_length(value) || ':' || value, 'UTF8')
$$;

create function chain_hash(previous bytea, event events) returns bytea language sql stable as $$
  select sha256(
    coalesce(previous, decode(repeat('00', 32), 'hex'))
    || chain_field(event.epic_id) || chain_field(event.version::text) || chain_field(event.type)
    || chain_field(event.data::text) || chain_field(event.cause) || chain_field(coalesce(event.actor_id::text, ''))
    || chain_field((extract(epoch from event.at) * 1000000)::bigint::text) || chain_field(event.position::text))
$$;

create function chain_event() returns trigger language plpgsql as $$
declare previous bytea;
begin
  select hash into previous from events where epic_id = new.epic_id and version = new.version - 1;
  new.hash := chain_hash(previous, new);
  return new;
end
$$;

alter table events disable trigger append_only;
do $$
declare
  event events;
  previous bytea;
begin
  for event in select * from events order by epic_id, version loop
    select hash into previous from events where epic_id = event.epic_id and version = event.version - 1;
    update events set hash = chain_hash(previous, event)
     where epic_id = event.epic_id and version = event.version;
  end loop;
end
$$;
alter table events enable trigger append_only;
alter table events alter column hash set not null;
create trigger chained before insert on events for each row execute function chain_event();
comment on column events.hash is 'sha256 over the hash of the event before and this row: a changed past does not add up any more.';

-- ── Replicas ─────────────────────────────────────────────────────────────────

create table replicas (
  id         uuid primary key,
  version    text not null,
  started_at timestamptz not null default now(),
  seen_at    timestamptz not null default now()
);
comment on table replicas is 'Running processes. One not seen for a while has its sessions ended, which opens its lanes.';

create table rounds (
  name  text primary key,
  began timestamptz not null,
  note  text
);
comment on table rounds is 'When a job that all replicas share last began, and where it stood.';

-- ── GitHub's limits and memory ───────────────────────────────────────────────

create table spends (
  installation_id bigint not null,
  at              timestamptz not null default clock_timestamp(),
  content         integer not null
);
comment on table spends is 'Content made on GitHub within the last hour, per installation: what all replicas share of its limits.';
create index spends_recent on spends (installation_id, at);

create table pauses (
  installation_id bigint primary key,
  until           timestamptz not null,
  why             text not null
);
comment on table pauses is 'When GitHub said "not now" to an installation, and until when; every replica obeys.';

-- Answers how many milliseconds to wait; 0: it is noted as spent now. A second is added to each span for requests on
-- their way. GitHub publishes 80 a minute and 500 an hour.
create function reserve_content(installation bigint, wanted integer) returns double precision language plpgsql as $$
declare
  moment timestamptz;
  free timestamptz;
  least_wait interval := interval '0';
  span interval;
  most integer;
begin
  perform pg_advisory_xact_lock(hashtextextended('spends ' || installation, 0));
  moment := clock_timestamp();
  select until into free from pauses where installation_id = installation and until > moment;
  if free is not null then
    return extract(epoch from free - moment) * 1000;
  end if;
  if wanted = 0 then
    return 0;
  end if;
  delete from spends where installation_id = installation and at <= moment - interval '3601 seconds';
  for span, most in values (interval '61 seconds', 80), (interval '3601 seconds', 500) loop
    select at + span into free
      from (select at, sum(content) over (order by at desc) as since
              from spends where installation_id = installation and at > moment - span) as spent
     where since > most - least(wanted, most)
     order by at desc
     limit 1;
    if found then
      least_wait := greatest(least_wait, free - moment);
    end if;
  end loop;
  if least_wait <= interval '0' then
    insert into spends (installation_id, at, content) values (installation, moment, wanted);
  end if;
  return extract(epoch from least_wait) * 1000;
end
$$;

create table etags (
  lane text not null,
  url  text not null,
  etag text not null,
  primary key (lane, url)
);
comment on table etags is 'What was read last, so that reading it again costs nothing where nothing changed.';

create table redeliveries (
  guid     text primary key,
  tries    integer not null default 0,
  asked_at timestamptz not null default now()
);
comment on table redeliveries is 'Deliveries that failed by GitHub''s log, and how often they were asked for again.';

create table repairs (
  id            bigint generated always as identity primary key,
  at            timestamptz not null default now(),
  repository_id bigint not null,
  epic_id       text,
  object        text not null,
  what          text not null,
  why           text not null
);
comment on table repairs is 'What was found different on GitHub and put right, and why.';
create index repairs_recent on repairs (at desc);
create index repairs_epic on repairs (epic_id, id);
