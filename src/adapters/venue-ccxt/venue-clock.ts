import type { UnixMs } from '#core/domain/ids.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { Cancel } from '#core/kernel/clock.ts';
import type { Answer } from '#core/ports/venue-gateway.ts';
import type { ExchangeClocks } from './open-exchange.ts';

/** Beyond this no new order is sent: the venue would refuse it, or take it later than meant. */
export const MOST_OFFSET_MS = 1_000;
const SAMPLES = 5;
const REFRESH_MS = 5 * 60_000;
/** After a failed measurement; the old offset stands meanwhile. */
const RETRY_MS = 15_000;

export type VenueClock = {
  /** The venue's clock minus ours, in ms; zero until it was measured. */
  offsetMs(): number;
  /** Undefined until it was measured. */
  measuredAt(): UnixMs | undefined;
  /** Why no new order may be sent, or undefined. */
  trouble(): string | undefined;
  /** Measures at once, for instance after a jump of our clock. Answers whether it succeeded. */
  measure(): Promise<boolean>;
  stop(): void;
};

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Follows the venue's clock: the median of five questions, asked again every five minutes. */
export function createVenueClock(clocks: ExchangeClocks, ask: () => Promise<Answer<UnixMs>>): VenueClock {
  let offset = 0;
  let measuredAt: UnixMs | undefined;
  let stopped = false;
  let pending: Cancel | undefined;
  let running: Promise<boolean> | undefined;

  const sample = async (): Promise<number | undefined> => {
    const asked = clocks.wall.now();
    const startedAt = clocks.steady.now();
    const answer = await ask();
    if (answer.kind === 'failed') return undefined;
    // Half of the way there and half back; the way is measured on the clock that does not jump.
    return answer.value - (asked + (clocks.steady.now() - startedAt) / 2);
  };

  const measureOnce = async (): Promise<boolean> => {
    const offsets: number[] = [];
    for (let i = 0; i < SAMPLES && !stopped; i++) {
      const one = await sample();
      if (one !== undefined) offsets.push(one);
    }
    // Most of the five must have come: the median of one is that one.
    const enough = offsets.length > SAMPLES / 2;
    if (enough) {
      offset = median(offsets);
      measuredAt = clocks.wall.now();
    }
    if (!stopped) {
      pending?.();
      pending = clocks.steady.setTimer(
        unixMs(clocks.steady.now() + (enough ? REFRESH_MS : RETRY_MS)),
        () => void measure(),
      );
    }
    return enough;
  };

  const measure = (): Promise<boolean> => {
    running ??= measureOnce().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    offsetMs: () => offset,
    measuredAt: () => measuredAt,
    trouble() {
      if (measuredAt === undefined) return "the venue's clock was not measured yet";
      if (Math.abs(offset) <= MOST_OFFSET_MS) return undefined;
      const seconds = (Math.abs(offset) / 1000).toFixed(1);
      return `this machine's clock is ${seconds} s ${offset > 0 ? 'behind' : 'ahead of'} the venue's`;
    },
    measure,
    stop() {
      stopped = true;
      pending?.();
    },
  };
}
