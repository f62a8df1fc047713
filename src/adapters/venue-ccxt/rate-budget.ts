import type { UnixMs } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Clock } from '#core/kernel/clock.ts';
import type { Lane } from './call-context.ts';

/** Share of the allowance that only cancels and reconciliation may use. */
export const RESERVED_SHARE = 0.3;
/** Waiting of an ordinary request beyond which it is refused instead: a queue that long is a fault of ours. */
const LONGEST_WAIT_MS = 30_000;
const FIRST_BACK_OFF_MS = 1_000;
const LONGEST_BACK_OFF_MS = 60_000;

/** Thrown instead of waiting when the venue asked for a pause or the queue is too long. Nothing was sent. */
export class NotSentError extends Error {
  readonly retryAfterMs: number;
  constructor(message: string, retryAfterMs: number) {
    super(message);
    this.name = 'NotSentError';
    this.retryAfterMs = retryAfterMs;
  }
}

export type RateBudgetOptions = {
  /** A steady clock: the allowance must not jump with the wall clock. */
  readonly clock: Clock;
  /** Uniform in [0, 1), for the jitter of the back-off. */
  readonly chance: () => number;
  /** Milliseconds in which one unit of cost grows back. */
  readonly msPerUnit: number;
  /** Units that may be spent at once after a rest. */
  readonly burst: number;
};

export type RateBudget = {
  /** Resolves when the request may be sent. Rejects with NotSentError during a pause that the venue asked for. */
  take(lane: Lane, cost: number): Promise<void>;
  /** The venue said 429 (too many) or 418 (banned). Without its own delay the pause grows with each repeat, with jitter. */
  penalise(status: number, retryAfterMs?: number): void;
  /** The venue answered normally again: the next pause starts small. */
  relax(): void;
  /** Milliseconds for which new orders are paused; zero when they are not. */
  pausedMs(): number;
};

type Waiter = {
  readonly cost: number;
  readonly rank: number;
  readonly lane: Lane;
  readonly resolve: () => void;
  readonly reject: (e: Error) => void;
};

const RANK: Readonly<Record<Lane, number>> = { cancel: 0, reconcile: 1, order: 2, data: 3 };
const isReserved = (lane: Lane): boolean => lane === 'cancel' || lane === 'reconcile';

/**
 * A token bucket for one account at one venue. Requests that wait are served by lane, then by arrival. Ordinary ones never take the bucket
 * below the reserved share, so a flood of market data cannot make a cancel wait: it finds the reserve full and nobody in front of it.
 */
export function createRateBudget(options: RateBudgetOptions): RateBudget {
  const { clock, chance, msPerUnit, burst } = options;
  const floor = burst * RESERVED_SHARE;
  let tokens = burst;
  let countedAt: UnixMs = clock.now();
  let queue: Waiter[] = [];
  let wakeUp: (() => void) | undefined;
  let pausedUntil = 0;
  let bannedUntil = 0;
  let repeats = 0;

  const refill = (): void => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + Math.max(0, now - countedAt) / msPerUnit);
    countedAt = now;
  };

  /** Tokens that must be there before this request goes. A request dearer than the bucket goes when the bucket is full, and leaves a debt. */
  const needed = ({ cost, lane }: { readonly cost: number; readonly lane: Lane }): number =>
    isReserved(lane) ? Math.min(cost, burst) : Math.min(cost + floor, burst);

  const pauseOf = (lane: Lane): number => {
    // A ban grows with each further request, so then even cancels wait. A mere 429 stops what is new; cancels go on in their reserve.
    const until = lane === 'cancel' ? bannedUntil : Math.max(pausedUntil, bannedUntil);
    return Math.max(0, until - clock.now());
  };

  const serve = (): void => {
    wakeUp?.();
    wakeUp = undefined;
    refill();
    for (;;) {
      const next = queue[0];
      if (next === undefined) return;
      const pause = pauseOf(next.lane);
      if (pause > 0) {
        queue = queue.filter((other) => other !== next);
        next.reject(new NotSentError('the venue asked for a pause', pause));
        continue;
      }
      const short = needed(next) - tokens;
      if (short > 0) {
        wakeUp = clock.setTimer(unixMs(clock.now() + Math.max(1, Math.ceil(short * msPerUnit))), serve);
        return;
      }
      tokens -= next.cost;
      queue = queue.slice(1);
      next.resolve();
    }
  };

  return {
    take(lane, cost) {
      const pause = pauseOf(lane);
      if (pause > 0) return Promise.reject(new NotSentError('the venue asked for a pause', pause));
      // What the venue does not count needs no turn: kraken's orders must not wait for questions that it does count.
      if (cost === 0) return Promise.resolve();
      refill();
      // What the venue does not count here (kraken counts orders elsewhere) has nothing to wait for.
      if (cost === 0) return Promise.resolve();
      const ahead = queue.filter((other) => other.rank <= RANK[lane]).reduce((sum, other) => sum + other.cost, 0);
      const wait = (ahead + needed({ cost, lane }) - tokens) * msPerUnit;
      if (!isReserved(lane) && wait > LONGEST_WAIT_MS)
        return Promise.reject(
          new NotSentError(`${queue.length} requests are waiting for the venue already`, Math.ceil(wait)),
        );
      return new Promise((resolve, reject) => {
        queue.push({ cost, rank: RANK[lane], lane, resolve, reject });
        queue.sort((a, b) => a.rank - b.rank);
        serve();
      });
    },
    penalise(status, retryAfterMs) {
      const grown = Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** repeats);
      repeats = Math.min(repeats + 1, 16);
      // Jitter only lengthens: the venue's own delay is never cut short.
      const pause = Math.ceil((retryAfterMs ?? grown) + chance() * grown * 0.5);
      const until = clock.now() + pause;
      pausedUntil = Math.max(pausedUntil, until);
      if (status === 418) bannedUntil = Math.max(bannedUntil, until);
      serve();
    },
    relax() {
      if (clock.now() >= pausedUntil) repeats = 0;
    },
    pausedMs: () => pauseOf('order'),
  };
}
