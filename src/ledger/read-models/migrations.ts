/** Which migrations a database has, beside those this program would want. */
import type { Connection } from '../database.ts';
import { migrationFiles } from '../migrate.ts';

/** File names on both sides; empty and empty where they agree. */
export interface SchemaGap {
  /** Not applied yet: the service applies them when it starts. */
  readonly missing: readonly string[];
  /** Applied by a newer program than this one. */
  readonly unknown: readonly string[];
}

/** Compares; a database without any Gatehouse table misses all. */
export const schemaGap = async (on: Connection): Promise<SchemaGap> => {
  const wanted = await migrationFiles();
  const exists = await on.query<{ known: boolean }>(
    `select to_regclass('schema_migrations') is not null as known`,
  );
  const applied =
    exists.rows[0]?.known === true
      ? (await on.query<{ name: string }>('select name from schema_migrations order by name')).rows.map(
          (row) => row.name,
        )
      : [];
  return {
    missing: wanted.filter((name) => !applied.includes(name)),
    unknown: applied.filter((name) => !wanted.includes(name)),
  };
};
