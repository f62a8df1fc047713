import type { CycleView, OrderView } from '../contract/cycle.ts';
import { compare, opposite, plus } from './decimal-text.ts';

/** The clock of the market as it goes now: its time, and how many times as fast as ours it runs (0: it does not follow ours). */
export type MarketPace = { readonly marketTime: number; readonly speed: number };

export type AgentProgress = {
  /** Candles it has decided on, of `most`. */
  readonly candle: number;
  readonly most: number;
  /** Milliseconds of our own clock after which it ends at the latest; null where the market does not follow our clock. */
  readonly leftMs: number | null;
  /** What it holds; null before its entry and after its exit. */
  readonly held: {
    readonly quantity: string;
    /** Price of its newest entry. */
    readonly entry: string;
    readonly stop: string | null;
    readonly target: string | null;
  } | null;
  /** Its entry was sent and is not filled yet. */
  readonly entering: boolean;
};

const RESTING: ReadonlySet<OrderView['status']> = new Set(['initialized', 'submitted', 'accepted', 'partially_filled']);

/** Where the agent of a running cycle stands; null when none is at work. */
export function agentProgress(cycle: CycleView, pace: MarketPace | null): AgentProgress | null {
  const { agentSpec, agentId, orders, fills, decisions } = cycle;
  if (cycle.state !== 'running' || agentSpec === null || agentId === null) return null;
  const resting = orders.filter(({ status }) => RESTING.has(status));
  const priceOf = (purpose: string): string | null =>
    resting.findLast((order) => order.purpose === purpose)?.price ?? null;
  const quantity = fills.reduce(
    (sum, fill) => plus(sum, fill.side === 'buy' ? fill.quantity : opposite(fill.quantity)),
    '0',
  );
  const entry = fills.findLast(({ purpose }) => purpose === 'entry');
  const { expiresAt, maxBars } = agentSpec.lifespan;
  return {
    candle: decisions.length,
    most: maxBars,
    leftMs: pace === null || pace.speed === 0 ? null : Math.max(0, expiresAt - pace.marketTime) / pace.speed,
    held:
      entry === undefined || compare(quantity, '0') <= 0
        ? null
        : { quantity, entry: entry.price, stop: priceOf('stop'), target: priceOf('target') },
    entering: resting.some(({ purpose }) => purpose === 'entry'),
  };
}
