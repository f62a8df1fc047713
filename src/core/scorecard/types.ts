import type { Regime } from '../analyst/types.ts';
import type { Hash, InstrumentId, RunId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';

export const DIRECTIONS = ['up', 'flat', 'down'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What can be called: which way the price goes, and what kind of market it is, over the horizon after the call. */
export type Question = 'direction' | 'regime';
export type Label = Direction | Regime;

/** A probability for each label of its question; they add up to 1. */
export type Forecast = Readonly<Partial<Record<Label, number>>>;

/** Whose call it is: the rules', or that of a model, which is its weights. */
export type Caller =
  | { readonly kind: 'rules' }
  | { readonly kind: 'model'; readonly name: string; readonly hash: Hash };

export type Call = {
  readonly caller: Caller;
  readonly direction: Forecast;
  readonly regime: Forecast;
};

/** What is fixed when calls are made, so that the outcome can be judged later without choosing anything any more. */
export type CallBasis = {
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly at: UnixMs;
  readonly dueAt: UnixMs;
  /** Last close, and the typical candle range (ATR 14) as a share of it. */
  readonly close: number;
  readonly atr: number;
};

/** Calls of one moment, written before anything of their outcome can be known. */
export type LockedCalls = CallBasis & { readonly calls: readonly Call[] };

/** What became of it. */
export type Outcome = { readonly direction: Direction; readonly regime: Regime; readonly close: number };

/** A moment with its calls and its outcome, in the order of `at`. */
export type Resolved = LockedCalls & { readonly outcome: Outcome; readonly runId?: RunId };
