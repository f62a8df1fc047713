import type { TradingAccount } from '#core/cycle/account.ts';
import type { TradingDesk } from '#core/cycle/trading-desk.ts';
import { formatDecimal, isZero, multiply } from '#core/domain/decimal.ts';
import type { ClientOrderId, UnixMs } from '#core/domain/ids.ts';
import { isOpenStatus } from '#core/execution/lifecycle.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import type { CancelTarget, HeldPosition, RestingOrder } from './types.ts';

export type DeskTargetOptions = {
  /** The desks of the cycles that run, each with the clock of its market. */
  readonly desks: () => readonly { readonly desk: TradingDesk; readonly now: () => UnixMs }[];
  /** Accounts whose positions count: the standing one, and that of a run on its own. */
  readonly accounts: () => readonly TradingAccount[];
  readonly stopAgents: CancelTarget['stopAgents'];
  readonly flatten: (reason: string) => Promise<void>;
};

const WHY = 'kill switch';

/** The simulated venue, for the kill switch: its desks answer at once, and their own books are what proves. */
export function deskTarget({ desks, accounts, stopAgents, flatten }: DeskTargetOptions): CancelTarget {
  const resting = ({ clientOrderId, instrumentId, reduceOnly }: TrackedOrder): RestingOrder => ({
    clientOrderId,
    venueOrderId: null,
    instrumentId,
    protects: reduceOnly,
    foreign: false,
  });
  // What closes a position already is not in the way of stopping.
  const concerns = ({ purpose }: TrackedOrder): boolean => purpose !== 'flatten';
  return {
    name: 'simulated',
    known: () => desks().flatMap(({ desk }) => desk.orders().filter(concerns).filter(isOpen).map(resting)),
    async cancelAll() {
      for (const { desk, now } of desks()) desk.cancelAll(WHY, now());
      return { kind: 'ok', value: undefined };
    },
    async cancel({ clientOrderId }) {
      for (const { desk, now } of desks()) desk.cancel((clientOrderId ?? '') as ClientOrderId, WHY, now());
      return { kind: 'requested' };
    },
    async openOrders() {
      const orders = desks().flatMap(({ desk }) => {
        const atVenue = new Set(desk.ordersAtVenue());
        return desk.orders().filter(({ clientOrderId }) => atVenue.has(clientOrderId));
      });
      return { kind: 'ok', value: orders.filter(concerns).map(resting) };
    },
    held: () => accounts().flatMap(positionsOf),
    stopAgents,
    flatten,
  };
}

const isOpen = ({ status }: TrackedOrder): boolean => isOpenStatus(status);

const positionsOf = (account: TradingAccount): readonly HeldPosition[] =>
  [...account.state().positions].flatMap(([instrumentId, { direction, quantity }]) => {
    if (direction === 'flat' || isZero(quantity)) return [];
    const mark = account.prices().get(instrumentId);
    const value = mark === undefined ? null : formatDecimal(multiply(mark, quantity));
    return [{ instrumentId, quantity: formatDecimal(quantity), value }];
  });
