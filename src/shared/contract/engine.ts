import { z } from 'zod';
import { call, event } from './define.ts';
import { decimalText, environmentText, hashText, nothing, shortText, unixMsNumber } from './primitives.ts';

export const engineStatus = z.strictObject({
  version: z.string(),
  environment: environmentText,
  tradingState: z.enum(['active', 'reducing', 'halted']),
  haltReason: shortText.nullable(),
  mode: z.enum(['full', 'semi', 'manual', 'emergency']),
  /** Standing simulated account, marked to market. */
  equity: decimalText,
  cash: decimalText,
  quoteAsset: z.string(),
  dayPnl: decimalText,
  /** Fractions as decimal text: "0.0123" is 1.23 %. */
  dayPnlFraction: decimalText,
  drawdownFraction: decimalText,
  agentsRunning: z.int(),
  cycleRunning: z.int().nullable(),
  feed: z.strictObject({ label: shortText, seed: z.int().nullable(), ageMs: z.int().nullable(), speed: z.number() }),
  analyst: z.strictObject({ kind: z.enum(['rules', 'model']), label: shortText }),
  /** `writable` is false while nothing can be recorded, hence nothing sent; `why` says what to do. */
  journal: z.strictObject({
    records: z.int(),
    head: hashText,
    writable: z.boolean(),
    why: shortText.nullable(),
  }),
  /** Free space on the disk of the data folder; null where the system does not say. */
  disk: z.strictObject({ freeBytes: z.int().nullable(), low: z.boolean() }),
  /** How the data at rest is protected; `protected` is false until a passphrase is set. */
  protection: z.strictObject({
    slot: z.enum(['open_keychain', 'open_file', 'unlock', 'passphrase', 'recovery', 'unattended']),
    protected: z.boolean(),
    label: shortText,
  }),
  lessons: z.int(),
  marketTime: unixMsNumber,
  startedAt: unixMsNumber,
});
export type EngineStatus = z.infer<typeof engineStatus>;

export const engineContract = {
  'engine.status': call('view', nothing, engineStatus),
  'engine.changed': event('view', engineStatus),
  /** Opens the gate again; in SIMULATED a reason suffices. */
  'engine.resume': call('trade', z.strictObject({ reason: z.string().min(1).max(200) }), engineStatus),
} as const;
