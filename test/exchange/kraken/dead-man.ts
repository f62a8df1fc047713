import type { Venue } from '../core/venue.ts';

/** Cancels every order of an account when the account was not heard of for so long. */
export type DeadMan = {
  /** Arms anew, or disarms with zero. */
  set(account: string, timeoutMs: number): void;
};

export function createDeadMan(venue: Venue): DeadMan {
  const timers = new Map<string, NodeJS.Timeout>();
  return {
    set: (account, timeoutMs) => {
      clearTimeout(timers.get(account));
      timers.delete(account);
      if (timeoutMs === 0) return;
      timers.set(
        account,
        setTimeout(() => {
          timers.delete(account);
          for (const order of venue.exchange.openOrders(account))
            venue.exchange.cancel(order, 'Cancel all orders after');
        }, timeoutMs).unref(),
      );
    },
  };
}
