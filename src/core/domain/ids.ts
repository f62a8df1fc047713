import type { Brand } from '#shared/brand.ts';

/** Ids are made by `kernel/ids.ts` from the run's seed, so that two runs of the same inputs have the same ids. */
export type RunId = Brand<string, 'RunId'>;
export type AgentId = Brand<string, 'AgentId'>;
export type ClientOrderId = Brand<string, 'ClientOrderId'>;
export type TradeId = Brand<string, 'TradeId'>;
export type LessonId = Brand<string, 'LessonId'>;
/** `BTC/USDT.SIM`: symbol of the instrument and the venue that lists it. */
export type InstrumentId = Brand<string, 'InstrumentId'>;
/** Fact ids such as `F07`, stable across versions of the fact catalogue. */
export type FactId = Brand<string, 'FactId'>;
/** SHA-256 in lowercase hex. */
export type Hash = Brand<string, 'Hash'>;
/** Milliseconds since the Unix epoch, UTC, an integer. */
export type UnixMs = Brand<number, 'UnixMs'>;

export function unixMs(value: number): UnixMs {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an integer of milliseconds: ${value}`);
  return value as UnixMs;
}
