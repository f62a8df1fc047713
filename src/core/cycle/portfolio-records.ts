import type { Side } from '../domain/order.ts';
import type { TargetText } from '../portfolio/targets.ts';

/** What the records say of the locked pool of an account and of its target weights. Money is canonical decimal text. */
export type PortfolioPayloads = {
  /** The simulated account begins anew with this cash: its results count from here, and what was before stays in the records. */
  'account.reset': {
    readonly asset: string;
    readonly cash: string;
    /** What it was worth, and had made, when it ended. */
    readonly equityBefore: string;
    readonly resultBefore: string;
    readonly reason: string;
  };
  /** The whole policy after the change, so that the newest record alone says what holds. `water`: profit up to here is not new. */
  'profit.policy_set': {
    readonly share: string;
    readonly threshold: string;
    readonly water: string;
    readonly reason: string;
  };
  'profit.locked': {
    readonly amount: string;
    readonly water: string;
    /** After it. */
    readonly locked: string;
    readonly why: string;
  };
  /** `locked`: after it. */
  /** All targets after the change. */
  'portfolio.targets_set': TargetText & { readonly reason: string };
  /** What a rebalancing is about to send, and why; the orders follow as orders by hand. */
  'portfolio.rebalance_planned': {
    readonly phase: 'sales' | 'purchases';
    readonly total: string;
    readonly trades: readonly {
      readonly symbol: string;
      readonly side: Side;
      readonly quantity: string;
      readonly why: string;
    }[];
    readonly left: readonly { readonly symbol: string; readonly why: string }[];
  };
  'profit.released': { readonly amount: string; readonly locked: string; readonly reason: string };
};
