import type { ClosedCandle } from '../domain/candle.ts';
import { type InstrumentId, type UnixMs, unixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { Clock } from '../kernel/clock.ts';
import { Fault } from '../kernel/fault.ts';
import type { CandlePage, LiveMarket } from '../ports/live-market.ts';

const TRIES = 6;
const FIRST_WAIT_MS = 1_000;

export type CandlePages = {
  readonly market: Pick<LiveMarket, 'venue' | 'candles'>;
  /** For the waits between two tries. */
  readonly steady: Clock;
  readonly instrumentId: InstrumentId;
  readonly interval: Interval;
  readonly from: UnixMs;
  readonly to: UnixMs;
  /** What to do when the venue does not answer. */
  readonly remedy: string;
};

/** A venue's closed candles page by page. Throws Fault('unreachable') when the venue does not answer any more. */
export async function* candlePages(options: CandlePages): AsyncGenerator<CandlePage> {
  const { from, to } = options;
  for (let next: UnixMs | undefined = from; next !== undefined && next < to; ) {
    const page: CandlePage = await onePage(options, next);
    yield page;
    next = page.next;
  }
}

async function onePage(
  { market, steady, instrumentId, interval, to, remedy }: CandlePages,
  from: UnixMs,
): Promise<CandlePage> {
  let reason = '';
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = await market.candles(instrumentId, interval, from, to);
    if (answer.kind === 'ok') return answer.value;
    reason = answer.reason;
    const wait = answer.retryAfterMs ?? FIRST_WAIT_MS * 2 ** tries;
    await new Promise<void>((resolve) => void steady.setTimer(unixMs(steady.now() + wait), resolve));
  }
  throw new Fault('unreachable', `${market.venue.toLowerCase()} did not hand out candles: ${reason}`, remedy);
}

/** All of them, oldest first. */
export async function readCandles(options: CandlePages): Promise<readonly ClosedCandle[]> {
  const candles: ClosedCandle[] = [];
  for await (const page of candlePages(options)) candles.push(...page.candles);
  return candles;
}
