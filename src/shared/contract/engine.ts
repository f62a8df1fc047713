import { z } from 'zod';
import { call, event } from './define.ts';
import { ContractError } from './errors.ts';
import { decimalText, environmentText, hashText, nothing, shortText, unixMsNumber } from './primitives.ts';
import { vaultSlot } from './vault.ts';

export const engineStatus = z.strictObject({
  version: z.string(),
  environment: environmentText,
  tradingState: z.enum(['active', 'reducing', 'halted']),
  haltReason: shortText.nullable(),
  /** What asks the master; `emergency` while trading is halted. */
  mode: z.enum(['full', 'semi', 'manual', 'emergency']),
  /** Standing simulated account, marked to market. */
  equity: decimalText,
  cash: decimalText,
  quoteAsset: z.string(),
  /** Equity less what was brought in, since the account was opened; the same function as everywhere. */
  totalPnl: decimalText,
  totalSince: unixMsNumber,
  dayPnl: decimalText,
  /** Fractions as decimal text: "0.0123" is 1.23 %. */
  dayPnlFraction: decimalText,
  drawdownFraction: decimalText,
  /** Of the limits that hold now: from which drawdown only what reduces passes, and what it must never reach. */
  drawdownLimits: z.strictObject({ reduceOnlyAt: decimalText, most: decimalText }),
  agentsRunning: z.int(),
  /** The newest of the cycles in flight, and all of them, oldest first. */
  cycleRunning: z.int().nullable(),
  cyclesRunning: z.array(z.int()),
  feed: z.strictObject({ label: shortText, seed: z.int().nullable(), ageMs: z.int().nullable(), speed: z.number() }),
  /** Accounts that trade venues' live prices with simulated fills. */
  paper: z.array(
    z.strictObject({
      name: shortText,
      environment: environmentText,
      venue: z.string(),
      standIn: z.boolean(),
      quoteAsset: z.string(),
      equity: decimalText,
      cash: decimalText,
      drawdownFraction: decimalText,
      /** Of a shadow account: orders compared with the venue's book, and the mean of the differences. */
      compared: z.int(),
      averageSlippageBps: decimalText.nullable(),
    }),
  ),
  /** The live prices that the newest cycle on such prices trades; null while none does. */
  livePrices: z
    .strictObject({ environment: environmentText, label: shortText, trouble: shortText.nullable() })
    .nullable(),
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
    slot: vaultSlot,
    protected: z.boolean(),
    label: shortText,
  }),
  lessons: z.int(),
  marketTime: unixMsNumber,
  startedAt: unixMsNumber,
});
export type EngineStatus = z.infer<typeof engineStatus>;

/** All that can be said of an engine whose vault is not open to whoever asks: no figure of the account is known, or may be shown. */
export const sealedStatus = z.strictObject({
  version: z.string(),
  sealed: z.enum(['sealed', 'locked', 'changing']),
  tradingState: z.enum(['unknown', 'halted']),
  haltReason: shortText.nullable(),
  protection: engineStatus.shape.protection,
  startedAt: unixMsNumber,
});
export type SealedStatus = z.infer<typeof sealedStatus>;

/** The status of an engine that is open to whoever asks. Throws ContractError with the reason `locked` for another. */
export function openStatus(status: EngineStatus | SealedStatus): EngineStatus {
  if (!isSealed(status)) return status;
  throw new ContractError({
    code: 'rejected',
    reason: 'locked',
    message: 'the vault is locked',
    remedy: 'unlock it: mt vault unlock, or the window',
  });
}

export const isSealed = (status: EngineStatus | SealedStatus): status is SealedStatus => 'sealed' in status;

export const engineContract = {
  'engine.status': call('view', nothing, z.union([engineStatus, sealedStatus])),
  'engine.changed': event('view', engineStatus),
  /** The first of three levels: nothing new is entered, agents go on with what they hold. */
  'engine.halt': call('trade', z.strictObject({ reason: z.string().min(1).max(200) }), engineStatus, 30_000),
  /** The second: that, and everything held is closed in order, with a debrief each. `engine.kill` is the third. */
  'engine.flatten': call(
    'trade',
    z.strictObject({ reason: z.string().min(1).max(200) }),
    z.strictObject({
      tradingState: engineStatus.shape.tradingState,
      steps: z.array(z.strictObject({ name: shortText, done: z.boolean(), detail: shortText })),
    }),
    60_000,
  ),
  /** Opens the gate again; in SIMULATED a reason suffices. */
  'engine.resume': call('trade', z.strictObject({ reason: z.string().min(1).max(200) }), engineStatus),
} as const;
