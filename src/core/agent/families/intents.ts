import type { AgentView, TradeIntent } from '../types.ts';

export const hold = (view: AgentView, reason: string): TradeIntent => ({ kind: 'hold', reason, decidedAt: view.asOf });
export const exit = (view: AgentView, reason: string): TradeIntent => ({ kind: 'exit', reason, decidedAt: view.asOf });
/** The only way in: families of this release never ask to sell short. */
export const enterLong = (view: AgentView, reason: string): TradeIntent => ({
  kind: 'enter',
  direction: 'long',
  reason,
  decidedAt: view.asOf,
});

/** One of the equal parts of a position. */
export const enterTranche = (view: AgentView, tranches: number, reason: string): TradeIntent => ({
  kind: 'enter',
  direction: 'long',
  tranches,
  reason,
  decidedAt: view.asOf,
});

/** Averages that have not seen enough say nothing; an open position stays under its protective stop meanwhile. */
export const tooFewCandles = (view: AgentView, has: number, needed: number): TradeIntent =>
  hold(view, `too little history: ${has} closed candles, ${needed} are needed`);
