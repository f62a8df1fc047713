import type { InstrumentId } from '#core/domain/ids.ts';
import type { CancelTarget, KillTime, RestingOrder } from '#host/kill-switch/types.ts';

/** Time that passes only when somebody sleeps; many may sleep at once. */
export function steppedTime(start = 1_000): KillTime {
  let now = start;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  let turning = false;
  const turn = async (): Promise<void> => {
    turning = true;
    while (sleepers.length > 0) {
      // What can go on without time does so first.
      for (let i = 0; i < 20; i++) await Promise.resolve();
      sleepers.sort((a, b) => a.at - b.at);
      const next = sleepers.shift();
      if (next === undefined) break;
      now = Math.max(now, next.at);
      next.wake();
      for (let i = 0; i < 20; i++) await Promise.resolve();
    }
    turning = false;
  };
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal.addEventListener('abort', () => {
          const index = sleepers.indexOf(sleeper);
          if (index >= 0) sleepers.splice(index, 1);
          resolve();
        });
        if (!turning) void turn();
      }),
  };
}

export const restingOrder = (n: number, more: Partial<RestingOrder> = {}): RestingOrder => ({
  clientOrderId: `mt${String(n).padStart(16, '0')}`,
  venueOrderId: `V-${n}`,
  instrumentId: 'BTC/USDT.SIM' as InstrumentId,
  protects: false,
  foreign: false,
  ...more,
});

export type TargetScript = {
  readonly name?: string;
  readonly orders: readonly RestingOrder[];
  /** What is not in our memory though it rests. */
  readonly forgotten?: readonly RestingOrder[];
  readonly cancelAll?: 'works' | 'fails' | 'hangs' | 'throws' | 'lies';
  /** Queries that fail before one answers. */
  readonly failingQueries?: number;
  /** Queries that do not show an order yet. */
  readonly hiddenFor?: number;
  /** Cancels by name that are lost before one counts. */
  readonly lostCancels?: number;
};

/** A venue that misbehaves as it is told to. */
export function scriptedTarget(script: TargetScript) {
  const resting = new Map([...script.orders, ...(script.forgotten ?? [])].map((order) => [order.venueOrderId, order]));
  const calls: string[] = [];
  let queries = 0;
  let lost = script.lostCancels ?? 0;
  const target: CancelTarget = {
    name: script.name ?? 'scripted',
    known: () => script.orders,
    cancelAll() {
      calls.push('cancelAll');
      switch (script.cancelAll ?? 'works') {
        case 'works':
          resting.clear();
          return Promise.resolve({ kind: 'ok', value: undefined });
        case 'lies':
          return Promise.resolve({ kind: 'ok', value: undefined });
        case 'fails':
          return Promise.resolve({ kind: 'failed', reason: 'no such endpoint' });
        case 'throws':
          throw new Error('the line is dead');
        case 'hangs':
          return new Promise(() => undefined);
      }
    },
    cancel({ venueOrderId }) {
      calls.push(`cancel ${venueOrderId}`);
      if (lost > 0) {
        lost -= 1;
        return Promise.resolve({ kind: 'failed', reason: 'lost on the way' });
      }
      return Promise.resolve(resting.delete(venueOrderId) ? { kind: 'requested' } : { kind: 'not_found' });
    },
    openOrders() {
      calls.push('openOrders');
      queries += 1;
      if (queries <= (script.failingQueries ?? 0)) return Promise.resolve({ kind: 'failed', reason: '503' });
      const shown = queries <= (script.hiddenFor ?? 0) ? [] : [...resting.values()];
      return Promise.resolve({ kind: 'ok', value: shown });
    },
    held: () => [],
    stopAgents(verb) {
      calls.push(`stopAgents ${verb}`);
      return true;
    },
    flatten() {
      calls.push('flatten');
      return Promise.resolve();
    },
  };
  return { target, calls, resting };
}
