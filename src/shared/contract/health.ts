import { z } from 'zod';
import { call } from './define.ts';
import { nothing, shortText, unixMsNumber } from './primitives.ts';

/** What is looked at, in the order of the screen. */
export const HEALTH_ROWS = [
  'engine',
  'trading',
  'feed',
  'clock',
  'journal',
  'disk',
  'backup',
  'protection',
  'analyst',
  'accounts',
  'memory',
  'errors',
] as const;

export const healthRow = z.strictObject({
  id: z.enum(HEALTH_ROWS),
  /** `off`: there is none of it here, and nothing is wrong with that. */
  state: z.enum(['ok', 'warn', 'bad', 'off']),
  value: shortText,
  /** What the value rests on, or what is wrong and what to do. */
  detail: shortText,
});
export type HealthRow = z.infer<typeof healthRow>;

export const logLine = z.strictObject({
  ts: unixMsNumber,
  level: z.enum(['info', 'warn', 'error']),
  message: z.string().max(1000),
  detail: z.string().max(4000).nullable(),
});
export type LogLineView = z.infer<typeof logLine>;

export const healthView = z.strictObject({
  /** Wall time. */
  at: unixMsNumber,
  startedAt: unixMsNumber,
  /** The worst of the rows. */
  state: z.enum(['ok', 'warn', 'bad']),
  rows: z.array(healthRow),
  /** How late the engine's thread was to its own timer since the last look, in milliseconds. */
  loop: z.strictObject({ p50Ms: z.number(), p99Ms: z.number(), maxMs: z.number() }),
  process: z.strictObject({
    rssBytes: z.int(),
    heapUsedBytes: z.int(),
    /** Of one core, since the last look. */
    cpuFraction: z.number(),
  }),
  machine: z.strictObject({
    cores: z.int(),
    load1: z.number(),
    freeMemoryBytes: z.int(),
    totalMemoryBytes: z.int(),
  }),
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int() })),
});
export type HealthView = z.infer<typeof healthView>;

export const healthContract = {
  'health.get': call('view', nothing, healthView),
  /** The newest lines of the engine's log, oldest first. They live in memory alone and hold no secret. */
  'health.log': call(
    'view',
    z.strictObject({
      level: z.enum(['info', 'warn', 'error']).default('info'),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.array(logLine),
  ),
} as const;
