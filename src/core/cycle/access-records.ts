/**
 * Who came to the engine, and what was proved or refused. These records belong to no cycle and are replayed by nobody, so they alone may hold
 * the wall clock: a market that is stepped through has no hour of the day. They never hold a secret, a code or an address.
 */
export type AccessPayload = {
  /** Milliseconds since 1970, of the machine's clock. */
  readonly at: number;
  /** The window, the terminal, a page in a browser, or a token of the local API; `engine` where nobody asked. */
  readonly face: string;
  /** By what, or why. */
  readonly how: string;
};

export const ACCESS_RECORDS = [
  'access.unlocked',
  'access.unlock_failed',
  'access.locked',
  'access.stepped_up',
  'access.step_up_failed',
  'access.connected',
  'access.disconnected',
  'access.factor_changed',
] as const;
export type AccessRecord = (typeof ACCESS_RECORDS)[number];

export type AccessPayloads = { readonly [Type in AccessRecord]: AccessPayload };
