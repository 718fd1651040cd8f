/** Every key of gatehouse.yml with its meaning and default, read from the schema: the one record of each. */
import { z } from 'zod';
import { configurationSchema } from './configuration-schema.ts';

/** One key as people look it up. */
export interface Setting {
  /** As one says it: `policy.self_approval`. */
  readonly key: string;
  readonly meaning: string;
  /** What holds where nobody says anything, as JSON; undefined for what is then absent. */
  readonly standard: unknown;
  /** The first version that reads it. */
  readonly since: string;
}

const told = z.object({
  description: z.string().default(''),
  default: z.unknown().optional(),
  since: z.string().default('0.1'),
});

/** The object inside `nullish()` and the like; undefined where there is none. */
const shapeOf = (schema: unknown): Readonly<Record<string, z.ZodType>> | undefined => {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap();
  return inner instanceof z.ZodObject ? inner.shape : undefined;
};

const settingsOf = (shape: Readonly<Record<string, z.ZodType>>, under: string): readonly Setting[] =>
  Object.entries(shape).flatMap(([name, schema]) => {
    const { description, default: standard, since } = told.parse(schema.meta() ?? {});
    const key = `${under}${name}`;
    const inner = settingsOf(shapeOf(schema) ?? {}, `${key}.`);
    return [{ key, meaning: description, standard, since }, ...inner];
  });

/** All of them, in the order of the schema; a key of a key comes after it. */
export const settings: readonly Setting[] = settingsOf(configurationSchema.shape, '');

const standardText = (standard: unknown): string => {
  if (standard === undefined) return 'none';
  return `\`${typeof standard === 'string' ? standard : JSON.stringify(standard)}\``;
};

/** As Markdown, for workflows/README.md between its generated markers. */
export const settingsTable = (): string =>
  [
    '| key | meaning | default | since |',
    '| --- | --- | --- | --- |',
    ...settings.map(
      ({ key, meaning, standard, since }) =>
        `| \`${key}\` | ${meaning.replaceAll('|', '\\|')} | ${standardText(standard)} | ${since} |`,
    ),
  ].join('\n');
