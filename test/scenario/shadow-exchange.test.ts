import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type CycleView, cycleRequest } from '#shared/contract/cycle.ts';
import { openStatus } from '#shared/contract/engine.ts';
import { type ExchangeProcess, startExchange } from '../exchange/client.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine | undefined;
let exchange: ExchangeProcess | undefined;
afterEach(async () => {
  await engine?.close();
  await exchange?.stop();
  engine = exchange = undefined;
});

const INTERVALS = ['5m', '15m', '30m', '1h'] as const;
const SYMBOLS = { binance: ['BTC/USDT', 'ETH/USDT'], kraken: ['BTC/USDT', 'BTC/USD'] } as const;
/** Markets are made by seed; the first of these that an agent buys in is used. */
const SEEDS = Array.from({ length: 24 }, (_, i) => i + 3);

async function press(on: ExchangeProcess, with_: TestEngine, mode: 'paper' | 'shadow'): Promise<CycleView | undefined> {
  const { handlers } = with_.engine;
  for (const interval of INTERVALS)
    for (const instrument of SYMBOLS[on.venue]) {
      const request = cycleRequest.parse({
        instrument,
        interval,
        feeBps: '1',
        market: { kind: 'venue', venue: on.venue, mode, url: `http://127.0.0.1:${on.port}` },
      });
      const { cycle } = await handlers['cycle.start'](request);
      let view = await handlers['cycle.get']({ cycle });
      // The press is answered once its first record is written; what the agent wants first follows.
      for (let looks = 0; looks < 40 && view?.state === 'running' && view.orders.length === 0; looks++) {
        await sleep(25);
        view = await handlers['cycle.get']({ cycle });
      }
      if ((view?.orders.length ?? 0) > 0) return view ?? undefined;
      if (view?.state === 'running') await handlers['cycle.cancel']({ reason: 'nothing was bought' });
      // Also one that has ended by itself: until its market is closed the account has no room for the next.
      await handlers['cycle.wait']({ cycle });
    }
  return undefined;
}

/** What may be asked of a venue by somebody who only looks. */
const LOOKS =
  /^(GET \/api\/v3\/(exchangeInfo|time|klines|depth|ticker\/\w+)|GET \/0\/public\/(Assets|AssetPairs|Time|OHLC|Depth|Ticker)|WS (\/stream\/ws|\/v2))$/;

describe.each(['binance', 'kraken'] as const)('a venue followed through unmodified ccxt: a local %s', (venue) => {
  it('is shown as shadow, its book is walked for the order that the gate let through, and nothing is sent to it', async () => {
    let view: CycleView | undefined;
    for (const seed of SEEDS) {
      exchange = await startExchange({ venue, seed, marketIntervalMs: 100 });
      engine = await startTestEngine();
      view = await press(exchange, engine, 'shadow');
      if (view !== undefined) break;
      await engine.close();
      await exchange.stop();
    }
    if (view === undefined || engine === undefined || exchange === undefined)
      throw new Error('no agent bought in any of the markets');
    expect(view).toMatchObject({
      environment: 'shadow',
      marketSource: `prices of a stand-in for ${venue} on this machine`,
    });
    const [order] = view.shadow?.orders ?? [];
    expect(order).toMatchObject({ side: 'buy', purpose: 'entry', why: null });
    expect(Number(order?.ask)).toBeGreaterThan(Number(order?.bid));
    expect(Number(order?.bookPrice)).toBeGreaterThanOrEqual(Number(order?.ask));
    const status = openStatus(await engine.engine.handlers['engine.status']({}));
    expect(status.livePrices?.environment).toBe('shadow');
    expect(status.paper.length).toBeGreaterThan(0);
    for (const account of status.paper) expect(account).toMatchObject({ standIn: true, environment: 'shadow' });

    // The stop and the sale of an ending program are no reason to send anything either.
    await engine.close();
    engine = undefined;
    const truth = await exchange.truth();
    const asked = Object.keys(truth.requests);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((name) => !LOOKS.test(name))).toEqual([]);
    // All but the house's, which makes the market.
    expect(truth.orders.filter(({ account }) => !account.startsWith('house-'))).toEqual([]);
  });
});
