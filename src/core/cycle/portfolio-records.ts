/** What the records say of the locked pool of an account. Money is canonical decimal text. */
export type PortfolioPayloads = {
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
  'profit.released': { readonly amount: string; readonly locked: string; readonly reason: string };
};
