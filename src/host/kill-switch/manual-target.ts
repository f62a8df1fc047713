import type { ClientOrderId, UnixMs } from '#core/domain/ids.ts';
import { isOpenStatus } from '#core/execution/lifecycle.ts';
import type { TrackedOrder } from '#core/execution/types.ts';
import type { SimulatedDesk } from '../manual/simulated-desk.ts';
import type { CancelTarget, RestingOrder } from './types.ts';

const WHY = 'kill switch';

const resting = ({ clientOrderId, instrumentId, reduceOnly }: TrackedOrder): RestingOrder => ({
  clientOrderId,
  venueOrderId: null,
  instrumentId,
  protects: reduceOnly,
  foreign: false,
});

// What closes a position already is not in the way of stopping.
const concerns = ({ purpose, status }: TrackedOrder): boolean =>
  isOpenStatus(status) && purpose !== 'flatten' && purpose !== 'exit';

/** The master's own orders on the simulated account. What they hold is counted with the account itself. */
export function manualTarget(manual: SimulatedDesk, now: () => UnixMs): CancelTarget {
  const { desk } = manual;
  return {
    name: 'simulated, by hand',
    known: () => desk.execution.orders().filter(concerns).map(resting),
    async cancelAll() {
      desk.cancelAll(WHY, now());
      return { kind: 'ok', value: undefined };
    },
    async cancel({ clientOrderId }, why) {
      desk.cancel((clientOrderId ?? '') as ClientOrderId, now(), why);
      return { kind: 'requested' };
    },
    async openOrders() {
      const atVenue = new Set(manual.ordersAtVenue());
      return {
        kind: 'ok',
        value: desk.execution
          .orders()
          .filter((order) => atVenue.has(order.clientOrderId) && concerns(order))
          .map(resting),
      };
    },
    held: () => [],
    stopAgents: () => false,
    flatten: () => manual.closeAll(),
  };
}
