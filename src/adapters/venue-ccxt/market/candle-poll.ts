import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import type { Cancel, Clock } from '#core/kernel/clock.ts';
import type { CandlePage } from '#core/ports/live-market.ts';
import type { Answer } from '#core/ports/venue-gateway.ts';

/** After the close; venues need a moment to settle a candle. */
const SETTLE_MS = 200;
/** Waits before asking again when the candle is not there yet, in ms; then the next close is waited for: a quiet market makes no candle. */
const AGAIN_MS = [300, 700, 1_500, 3_000, 6_000] as const;

export type CandlePoll = {
  readonly steady: Clock;
  /** The venue's time, which decides when a candle has closed. */
  readonly venueNow: () => UnixMs;
  readonly page: (
    instrumentId: InstrumentId,
    interval: Interval,
    from: UnixMs,
    to: UnixMs,
  ) => Promise<Answer<CandlePage>>;
  readonly onCandle: (candle: ClosedCandle) => void;
};

/**
 * Hands on each candle once it has closed, in order and none twice. It asks instead of streaming: the forms in which venues stream candles
 * differ and hand out the forming one, while their answers agree with the history that was read before.
 */
export function pollCandles(poll: CandlePoll, instrumentId: InstrumentId, interval: Interval): Cancel {
  const { steady, venueNow, page, onCandle } = poll;
  const length = INTERVAL_MS[interval];
  let stopped = false;
  let cancel: Cancel = () => undefined;
  let next = Math.floor(venueNow() / length) * length;

  const later = (ms: number, work: () => void): void => {
    if (!stopped) cancel = steady.setTimer(unixMs(steady.now() + Math.max(1, Math.ceil(ms))), work);
  };

  const read = async (tries: number): Promise<void> => {
    const answer = await page(instrumentId, interval, unixMs(next), unixMs(venueNow() + length));
    if (stopped) return;
    const wanted = Math.floor(venueNow() / length) * length;
    if (answer.kind === 'ok')
      for (const candle of answer.value.candles)
        if (candle.openTime >= next) {
          next = candle.openTime + length;
          onCandle(candle);
        }
    const wait = next < wanted ? AGAIN_MS[tries] : undefined;
    if (wait !== undefined) later(wait, () => void read(tries + 1));
    else waitForClose();
  };
  const waitForClose = (): void => {
    const close = Math.floor(venueNow() / length) * length + length;
    later(close - venueNow() + SETTLE_MS, () => void read(0));
  };
  waitForClose();
  return () => {
    stopped = true;
    cancel();
  };
}
