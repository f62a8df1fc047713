import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import type { ExchangeClocks } from '../open-exchange.ts';
import type { CcxtLiveMarket } from '../open-live-market.ts';
import { MOST_OFFSET_MS } from '../venue-clock.ts';
import { fail, type StepRunner } from './check-step.ts';

const WANTED = ['BTC/USDT', 'BTC/USD', 'BTC/EUR', 'ETH/USDT'] as const;
const BOOK_WAIT_MS = 20_000;
const CANDLES = 50;

/** What can be seen without an account. Answers the instrument that the rest is tried with, and its best bid. */
export async function checkMarket(
  { step }: StepRunner,
  market: CcxtLiveMarket,
  clocks: ExchangeClocks,
): Promise<{ readonly instrument: Instrument; readonly bid: number } | undefined> {
  const instrument = await step('load markets', async () => {
    const answer = await market.instruments();
    if (answer.kind === 'failed') return fail(answer.reason);
    const chosen =
      WANTED.map((symbol) => answer.value.find((one) => one.symbol === symbol)).find((one) => one !== undefined) ??
      answer.value[0];
    if (chosen === undefined) return fail('it lists no spot instrument');
    return [`${answer.value.length} spot instruments; trying ${chosen.symbol}`, chosen];
  });
  await step('time', async () => {
    if (!(await market.clock.measure())) return fail('the venue did not tell its time');
    const offset = Math.round(market.clock.offsetMs());
    if (Math.abs(offset) > MOST_OFFSET_MS) return fail(market.clock.trouble() ?? `${offset} ms apart`);
    return [`${offset} ms apart`, true];
  });
  if (instrument === undefined) return undefined;
  await step('candles', async () => {
    const now = market.venueNow();
    const answer = await market.candles(instrument.id, '1m', unixMs(now - CANDLES * INTERVAL_MS['1m']), now);
    if (answer.kind === 'failed') return fail(answer.reason);
    const { candles } = answer.value;
    const last = candles.at(-1);
    if (last === undefined) return fail('no closed candle of the last hour');
    if (last.closeTime > now) return fail('the forming candle was handed out');
    return [`${candles.length} closed candles of a minute`, true];
  });
  const ticker = await step('ticker', async () => {
    const answer = await market.ticker(instrument.id);
    if (answer.kind === 'failed') return fail(answer.reason);
    return [`bid ${answer.value.bid}, ask ${answer.value.ask}`, answer.value];
  });
  await step('book stream', async () => {
    const abort = createAbortSource();
    const stopTimer = clocks.steady.setTimer(unixMs(clocks.steady.now() + BOOK_WAIT_MS), () => abort.abort('too late'));
    const stopWatching = market.watch(instrument.id, []);
    try {
      const live = await market.settled(abort.token);
      const health = market.health(instrument.id);
      const book = market.book(instrument.id);
      if (!live || book === undefined)
        return fail(health.kind === 'live' ? 'no book came' : `${health.reason}: ${health.detail}`);
      return [`${book.bids.length} bids and ${book.asks.length} asks, whole and uncrossed`, true];
    } finally {
      stopTimer();
      stopWatching();
    }
  });
  return ticker === undefined ? undefined : { instrument, bid: ticker.bid };
}
