/** The way to PostgreSQL: one pool per process, small timeouts, numbers as numbers. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Anything a statement can be sent to: the pool, a held lane's connection, an open transaction. */
export interface Connection {
  query<Row extends pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values?: readonly unknown[],
  ): Promise<pg.QueryResult<Row>>;
}

/** The ledger's door. A statement sent to it directly is its own transaction on any free connection. */
export interface Database extends Connection {
  readonly url: string;
  /** Names this pool's sessions in PostgreSQL: `gatehouse <id>`, so that other replicas can find and end them. */
  readonly id: string;
  readonly pool: pg.Pool;
  /** Waits for statements under way; nothing may be sent afterwards. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections at most. A held lane keeps one as long as it is held: take lanes + 6. */
  readonly max: number;
  /** Told of connections that die while idle; the pool replaces them by itself. */
  readonly onError?: (error: Error) => void;
}

const int8 = 20;
const int8Array = 1016;

/** GitHub's ids and our counters stay far below 2^53; anything else is a broken row and must be loud. */
const toNumber = (text: string): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`The ledger holds the integer ${text}, which is beyond 2^53.`);
  return value;
};

const toNumbers = (text: string): number[] =>
  text === '{}' ? [] : text.slice(1, -1).split(',').map(toNumber);

/** How column values arrive: int8 and int8[] as numbers, the rest as `pg` reads it. */
const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === int8) return toNumber;
    if (oid === int8Array) return toNumbers;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

// A frozen server must become a 503 well inside GitHub's 10 s (threats T08); server-side timeouts cannot fire
// when the server itself stands still, so the client's own clock is a little longer than the server's.
const serverTimeout = 3_000;
const clientTimeout = 3_500;

// Sent after connecting rather than as start-up parameters, which connection poolers refuse. The keep-alives let
// the server notice a holder whose machine vanished, and open its lanes within a minute.
const session = `
  set statement_timeout = ${serverTimeout};
  set idle_in_transaction_session_timeout = 15000;
  set tcp_keepalives_idle = 20;
  set tcp_keepalives_interval = 10;
  set tcp_keepalives_count = 3`;

/** Opens a pool on `url`; connects on first use, so an unreachable server is noticed by the first statement. */
export const openDatabase = (url: string, { max, onError }: DatabaseOptions): Database => {
  const id = randomUUID();
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: `gatehouse ${id}`,
    connectionTimeoutMillis: clientTimeout,
    query_timeout: clientTimeout,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    types: columnTypes,
    onConnect: async (client) => {
      await client.query(session);
    },
  });
  pool.on('error', (error) => onError?.(error));
  return {
    url,
    id,
    pool,
    query: (statement, values) => pool.query(statement, values ? [...values] : undefined),
    close: () => pool.end(),
  };
};
