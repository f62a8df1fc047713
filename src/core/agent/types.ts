import type { z } from 'zod';
import type { CandleSeries } from '../domain/candle.ts';
import type { UnixMs } from '../domain/ids.ts';
import type { FamilyName, FamilyParameters } from '../domain/strategy.ts';
import type { NewsReading } from '../news/types.ts';

/** What an agent wants; it carries no authority, no size and no price. */
export type TradeIntent =
  | {
      readonly kind: 'enter';
      readonly direction: 'long' | 'short';
      /** Of a family that buys in equal parts: how many make up the whole position. One when absent. */
      readonly tranches?: number;
      readonly reason: string;
      readonly decidedAt: UnixMs;
    }
  | { readonly kind: 'exit'; readonly reason: string; readonly decidedAt: UnixMs }
  | { readonly kind: 'hold'; readonly reason: string; readonly decidedAt: UnixMs };

/** All an agent can see at a decision point: closed candles and whether it holds a position. */
export type AgentView = {
  readonly asOf: UnixMs;
  readonly series: CandleSeries;
  readonly holding: boolean;
  /** An entry was sent and waits for the market: nothing is held yet, and a second one would be too many. */
  readonly entering?: boolean;
  /** Closed candles since entry; 0 when flat. */
  readonly barsHeld: number;
  /** Entries that have filled into the position so far; taken for one where something is held and nobody counts. */
  readonly tranches?: number;
  /** What the news said up to `asOf`; undefined where no news is followed. It may only speak against an entry, or for an exit. */
  readonly news?: NewsReading;
  /** Why the master paused it; undefined while it is not. It then opens and adds nothing, and closes as ever. */
  readonly paused?: string;
};

/** A strategy family: pure, deterministic, judged on closed candles only. */
export type StrategyFamily = {
  readonly name: FamilyName;
  readonly summary: string;
  /** When the family should not trade, in words. */
  readonly notWhen: string;
  /** Bounds and meaning of every parameter, in the words that a person reads. */
  readonly schema: z.ZodType<FamilyParameters>;
  readonly defaults: FamilyParameters;
  /** What it cannot trade without; nothing but candles when absent. */
  readonly needs?: 'news';
  /** In how many equal parts it buys its position; one when absent. */
  tranches?(parameters: FamilyParameters): number;
  /** Throws a ZodError that names the parameter when one is unknown or out of its bounds. */
  parse(parameters: unknown): FamilyParameters;
  /** Closed candles needed before the first decision. */
  warmUp(parameters: FamilyParameters): number;
  decide(view: AgentView, parameters: FamilyParameters): TradeIntent;
};
