import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import type { CandlePage } from '#core/ports/live-market.ts';
import type { Answer } from '#core/ports/venue-gateway.ts';
import { type Account, ask, venueNow } from '../account-call.ts';
import { closedCandles } from '../parse/candles.ts';
import { symbolOf } from '../parse/symbols.ts';

/** The first whole interval at or after a moment. */
const alignUp = (moment: number, length: number): number => Math.ceil(moment / length) * length;

/**
 * One page of history. An empty page before the end is a hole in the venue's record (an outage, or a time before the listing): the next page
 * begins behind it, so that a hole never ends a download.
 */
export async function candlePage(
  account: Account,
  instrumentId: InstrumentId,
  interval: Interval,
  from: UnixMs,
  to: UnixMs,
): Promise<Answer<CandlePage>> {
  const { exchange, traits } = account;
  const symbol = symbolOf(instrumentId, exchange.id);
  const length = INTERVAL_MS[interval];
  if (symbol === undefined) return { kind: 'failed', reason: `${instrumentId} is of another venue` };
  if (!Object.hasOwn(exchange.timeframes, interval))
    return { kind: 'failed', reason: `${exchange.id} has no ${interval} candles` };
  const now = venueNow(account);
  const lastClosed = Math.floor(now / length) * length;
  const end = Math.min(alignUp(to, length), lastClosed);
  const start = alignUp(from, length);
  if (start >= end) return { kind: 'ok', value: { candles: [], next: undefined } };
  const answer = await ask(
    account,
    'data',
    undefined,
    () => exchange.fetchOHLCV(symbol, interval, start, traits.candlePage),
    (value) => closedCandles(value, interval, now),
  );
  if (answer.kind === 'failed') return answer;
  const { candles: all, odd } = answer.value;
  if (odd > 0)
    return { kind: 'failed', reason: `${odd} of ${odd + all.length} candles of ${exchange.id} cannot be read` };
  const candles = all.filter(({ openTime }) => openTime >= start && openTime < end);
  const newest = all.at(-1);
  // A venue that answers with older candles only, or with none, has a hole here that is at least a page long.
  const reached =
    newest !== undefined && newest.openTime >= start ? newest.openTime + length : start + traits.candlePage * length;
  return { kind: 'ok', value: { candles, next: reached < end ? unixMs(reached) : undefined } };
}
