/** Time that passes when we say so: for JavaScript and for PostgreSQL alike, so that backoffs of minutes cost nothing. */
import type pg from 'pg';

/** See `openClock`. */
export interface Clock {
  /** Lets so many milliseconds pass, everywhere in this process and in its database. */
  readonly pass: (milliseconds: number) => Promise<void>;
  /** Time is the machine's again. */
  readonly close: () => void;
}

// Names without a schema are looked up in `sim` first, so what the ledger calls now() is ours. Defaults were bound
// when the tables were made: they are bound anew.
const timeMachine = (database: string): string => `
  create schema sim;
  create table sim.clock (ahead interval not null);
  insert into sim.clock values ('0');
  create function sim.now() returns timestamptz language sql stable as
    'select pg_catalog.now() + (select ahead from sim.clock)';
  create function sim.clock_timestamp() returns timestamptz language sql volatile as
    'select pg_catalog.clock_timestamp() + (select ahead from sim.clock)';
  do $$
  declare bound record;
  begin
    for bound in
      select attrelid::regclass as owner, attname, pg_get_expr(adbin, adrelid) as given
        from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
       where pg_get_expr(adbin, adrelid) in ('now()', 'clock_timestamp()')
    loop
      execute format('alter table %s alter column %I set default sim.%s', bound.owner, bound.attname, bound.given);
    end loop;
  end
  $$;
  alter database "${database}" set search_path = sim, pg_catalog, public;
  set search_path = sim, pg_catalog, public;`;

/** Takes the clocks over, starting at the machine's time. `admin` is connected to the database whose time it is. */
export const openClock = async (admin: pg.Client): Promise<Clock> => {
  await admin.query(timeMachine(admin.database ?? ''));
  const realDate = globalThis.Date;
  const realNow = performance.now;
  let ahead = 0;
  globalThis.Date = new Proxy(realDate, {
    construct: (target, args, newTarget) =>
      args.length === 0 ? new target(target.now() + ahead) : Reflect.construct(target, args, newTarget),
    get: (target, key) => (key === 'now' ? () => target.now() + ahead : Reflect.get(target, key)),
  });
  performance.now = () => realNow.call(performance) + ahead;
  return {
    pass: async (milliseconds) => {
      ahead += milliseconds;
      await admin.query(`update sim.clock set ahead = $1 * interval '1 millisecond'`, [ahead]);
    },
    close: () => {
      globalThis.Date = realDate;
      performance.now = realNow;
    },
  };
};
