import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What a request is for, in the order of who goes first: `cancel` may use the whole allowance, `reconcile` too, `order` and `data` leave the
 * reserved share alone.
 */
export type Lane = 'cancel' | 'reconcile' | 'order' | 'data';

/** What is known of one call to ccxt while it runs; one call may make several requests. */
export type Call = {
  readonly lane: Lane;
  /** The allowance of its first request was taken before the call, so that its expiry could be computed after the wait. */
  paid: boolean;
  /** True from the moment at which a byte of a request may have left. Before that, failing means that nothing was placed. */
  sent: boolean;
  /** Added to each request of the call. */
  headers?: Readonly<Record<string, string>>;
  /** The newest answer of the venue in this call. */
  response?: { readonly status: number; readonly body: string };
};

const calls = new AsyncLocalStorage<Call>();

export const currentCall = (): Call | undefined => calls.getStore();

/** Runs `work` so that the rate budget and the network layer know what it is for. */
export async function inLane<T>(lane: Lane, work: (call: Call) => Promise<T>, paid = false): Promise<T> {
  const call: Call = { lane, paid, sent: false };
  return calls.run(call, () => work(call));
}
