import { z } from 'zod';
import type { Rng } from '#core/kernel/rng.ts';

type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly propertyNames?: Schema;
  readonly additionalProperties?: Schema | boolean;
};

/** Texts of the shapes that this contract asks for; whichever fits a pattern is taken. */
const WORDS = [
  'BTC/USDT',
  'test',
  'a',
  '1h',
  '5m',
  '0.5',
  '10',
  '100.25',
  '-1',
  'kraken',
  'kraken-main',
  'A-12345678',
  'R-123456789abc',
  'L-607f9a43435e',
  'G-0123456789ab',
  'S-0123456789ab',
  'W-0123456789ab',
  'B-0123456789ab',
  '0123456789abcdef',
  'mt0123456789abcdef',
  '2026-08-04T12-00-00Z',
  'https://example.org/feed',
  'http://127.0.0.1:1',
  '/tmp/a.csv',
  'a.csv',
  'logs',
  'AAAA-BBBB',
  '123456',
  'en',
  'UTC',
  'trend-following',
  '2026-08-04',
  '08:00',
  'a'.repeat(64),
  'a passphrase of some length',
]; // prettier-ignore

const pick = <T>(rng: Rng, all: readonly T[]): T | undefined => all[rng.integer(Math.max(1, all.length))];

/** A text of a plain pattern, as ids have: fixed letters, and sets of characters with a count. */
const byPattern = (pattern: string): string =>
  pattern
    .replace(/^\^|\$$/g, '')
    .replaceAll(/(\\d|\\w|\[[^\]]+\])(?:\{(\d+)(?:,\d*)?\})?/g, (_all, set: string, count = '1') =>
      (/^\\d|0-9|\\w/.test(set) ? '1' : /a-z/.test(set) ? 'a' : 'A').repeat(Math.max(1, Number(count))),
    );

const text = (schema: Schema, rng: Rng): string => {
  const made = schema.pattern === undefined ? [] : [byPattern(schema.pattern)];
  const fits = [...WORDS, ...made].filter(
    (word) =>
      word.length >= (schema.minLength ?? 0) &&
      word.length <= (schema.maxLength ?? 10_000) &&
      (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(word)),
  );
  return pick(rng, fits) ?? 'x'.repeat(schema.minLength ?? 1);
};

const value = (schema: Schema, rng: Rng, depth: number): unknown => {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return pick(rng, schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return value(pick(rng, choices) ?? {}, rng, depth + 1);
  if (schema.allOf !== undefined) return value(Object.assign({}, ...schema.allOf) as Schema, rng, depth + 1);
  if (schema.type === 'string') return text(schema, rng);
  if (schema.type === 'boolean') return rng.integer(2) === 0;
  if (schema.type === 'null') return null;
  if (schema.type === 'integer' || schema.type === 'number') {
    const low = schema.minimum ?? (schema.exclusiveMinimum === undefined ? 1 : schema.exclusiveMinimum + 1);
    return Math.min(low + rng.integer(5), schema.maximum ?? Number.MAX_SAFE_INTEGER);
  }
  if (schema.type === 'array')
    return Array.from({ length: (schema.minItems ?? 0) + rng.integer(2) }, () =>
      value(schema.items ?? {}, rng, depth + 1),
    );
  if (schema.type === 'object' || schema.properties !== undefined) {
    const entries = Object.entries(schema.properties ?? {}).filter(
      ([key]) => schema.required?.includes(key) === true || (depth < 6 && rng.integer(2) === 0),
    );
    const own = entries.map(([key, part]) => [key, value(part, rng, depth + 1)] as const);
    if (own.length > 0 || typeof schema.additionalProperties !== 'object') return Object.fromEntries(own);
    return { [text(schema.propertyNames ?? {}, rng)]: value(schema.additionalProperties, rng, depth + 1) };
  }
  return text({}, rng);
};

/** Inputs that a schema takes, made from what it says of itself; none when chance finds none. */
export function samplesOf(schema: z.ZodType, rng: Rng, wanted: number): readonly unknown[] {
  const described = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Schema;
  const found: unknown[] = [];
  for (let tries = 0; tries < 400 && found.length < wanted; tries++) {
    const candidate = value(described, rng, 0);
    if (schema.safeParse(candidate).success) found.push(candidate);
  }
  return found;
}
