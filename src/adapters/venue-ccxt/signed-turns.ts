import { AsyncLocalStorage } from 'node:async_hooks';
import { unixMs } from '#core/domain/ids.ts';
import type { Clock } from '#core/kernel/clock.ts';
import { currentCall, type Lane } from './call-context.ts';

/** After this the venue has surely received a request, answered or not: one that hangs must not keep a cancel from leaving. */
const ARRIVED_MS = 250;
const RANK: Readonly<Record<Lane, number>> = { cancel: 0, order: 1, reconcile: 2, data: 3 };

type Waiter = { readonly rank: number; readonly go: () => void };
type Turn = { release: () => void };

/**
 * Lets signed requests leave one after the other: the next when the one before was answered, or has had its time to arrive. For venues whose
 * nonces must grow as they arrive, because two requests on two sockets overtake each other, and the venue then refuses one of them: perhaps the
 * stop of what was just bought.
 */
export type SignedTurns = {
  /** Runs a request that ccxt signs; what it waits for before signing ends with `beforeSigning`. */
  run<T>(request: () => Promise<T>): Promise<T>;
  /** Called right before ccxt signs: waits for the turn. Nothing for requests that are not signed. */
  beforeSigning(): Promise<void>;
};

export function createSignedTurns(clock: Clock): SignedTurns {
  const requests = new AsyncLocalStorage<Turn>();
  let waiting: readonly Waiter[] = [];
  let taken = false;

  const next = (): void => {
    const [first, ...rest] = waiting;
    taken = first !== undefined;
    waiting = rest;
    first?.go();
  };

  /** Resolves with what gives the turn back; giving it back twice is harmless. */
  const take = async (lane: Lane): Promise<() => void> => {
    if (taken)
      await new Promise<void>((go) => {
        waiting = [...waiting, { rank: RANK[lane], go }].toSorted((a, b) => a.rank - b.rank);
      });
    taken = true;
    let held = true;
    const giveBack = (): void => {
      if (!held) return;
      held = false;
      cancelTimer();
      next();
    };
    const cancelTimer = clock.setTimer(unixMs(clock.now() + ARRIVED_MS), giveBack);
    return giveBack;
  };

  return {
    run(request) {
      const turn: Turn = { release: () => undefined };
      return requests.run(turn, () => request().finally(() => turn.release()));
    },
    async beforeSigning() {
      const turn = requests.getStore();
      if (turn !== undefined) turn.release = await take(currentCall()?.lane ?? 'data');
    },
  };
}
