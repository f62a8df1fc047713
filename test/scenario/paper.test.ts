import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { unixMs } from '#core/domain/ids.ts';
import { aggregate } from '#core/market/aggregate.ts';
import type { MarketHealth } from '#core/ports/live-market.ts';
import type { AuditRecord } from '#shared/contract/audit.ts';
import { type CycleRequest, type CycleView, cycleRequest } from '#shared/contract/cycle.ts';
import { openStatus } from '#shared/contract/engine.ts';
import { TAPE_START, tapeOf, trendCloses } from '../support/candle-tapes.ts';
import { dieBefore } from '../support/dying-journal.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { simulatedInstrument } from '../support/instruments.ts';
import { listedOn, type TapeMarket, tapeMarket } from '../support/tape-market.ts';
import { tempFolder } from '../support/temp-folder.ts';

const MINUTE = 60_000;
const instrument = listedOn(simulatedInstrument('BTC/USDT'));
const cents = (price: number): number => Math.round(price * 100) / 100;

/** A steady rise of 3,000 minutes in which trend followers buy, and from minute 2,500 on whatever the test wants. */
const RISE = 2_500;
function minutesThen(after: readonly number[]): readonly ClosedCandle[] {
  const closes = [...trendCloses(RISE, 0.0002, 20_000), ...after].map(cents);
  return tapeOf(closes, '1m', 0.0004).candles.map((candle) => ({
    ...candle,
    high: cents(candle.high + 0.01),
    low: cents(candle.low - 0.01),
  }));
}
const LAST = 20_000 * 1.0002 ** RISE;
const falling = Array.from({ length: 400 }, (_, i) => LAST * (1 - 0.0006 * (i + 1)));
const rising = Array.from({ length: 400 }, (_, i) => LAST * 1.0002 ** (i + 1));

let folder = tempFolder('mt-paper');
let market: TapeMarket;
let engine: TestEngine;
const PRESS = TAPE_START + RISE * MINUTE;

beforeEach(() => {
  folder = tempFolder('mt-paper');
});
afterEach(async () => {
  await engine.close();
  folder.remove();
});

async function begin(after: readonly number[]): Promise<void> {
  const minutes = minutesThen(after);
  const fives = aggregate({ interval: '1m', candles: minutes }, '5m', unixMs(PRESS + 400 * MINUTE)).series.candles;
  market = tapeMarket({ '1m': minutes, '5m': fives }, instrument, unixMs(PRESS));
  engine = await startTestEngine({ home: folder.path, prices: market.prices });
}
const at = (minutes: number) => market.advanceTo(unixMs(PRESS + minutes * MINUTE));

async function press(mode: 'paper' | 'shadow' | 'live' = 'paper', more: Partial<CycleRequest> = {}): Promise<number> {
  const request = cycleRequest.parse({ market: { kind: 'venue', venue: 'binance', mode }, feeBps: '1', ...more });
  return (await engine.engine.handlers['cycle.start'](request)).cycle;
}
const view = async (cycle: number): Promise<CycleView> => {
  const found = await engine.engine.handlers['cycle.get']({ cycle });
  if (found === null) throw new Error(`no cycle ${cycle}`);
  return found;
};
const status = async () => openStatus(await engine.engine.handlers['engine.status']({}));
const recordsOf = async (cycle: number): Promise<readonly AuditRecord[]> =>
  (await engine.records()).filter((record) => record.cycle === cycle);
const payload = (record: AuditRecord | undefined) => JSON.parse(record?.payload ?? 'null');

/** A press that holds a position with its stop and target resting, ten minutes after it. */
async function holding(mode: 'paper' | 'shadow' = 'paper'): Promise<number> {
  const cycle = await press(mode);
  await at(10);
  const now = await view(cycle);
  expect(now.fills.map(({ purpose }) => purpose)).toEqual(['entry']);
  expect(now.orders.filter(({ status: is }) => is === 'accepted').map(({ purpose }) => purpose)).toEqual([
    'stop',
    'target',
  ]);
  return cycle;
}

/** Moves the minutes on until a promise has been kept. */
async function meanwhile<T>(promise: Promise<T>, from: number): Promise<T> {
  let done = false;
  const settled = promise.finally(() => {
    done = true;
  });
  settled.catch(() => undefined);
  // It begins before time moves on.
  for (let minute = from - 1; !done && minute < from + 20; minute++) await at(minute);
  return settled;
}

describe('an account on live prices', () => {
  it('is opened once with 10,000, is labelled, and is the same after a restart to the last digit (row 45)', async () => {
    await begin(falling);
    const cycle = await holding();
    expect(await view(cycle)).toMatchObject({ environment: 'paper', marketSource: 'live prices of binance' });
    expect((await status()).livePrices).toMatchObject({ environment: 'paper', trouble: null });
    for (let minute = 11; (await view(cycle)).state === 'running'; minute++) await at(minute);
    const ended = await view(cycle);
    expect(ended.result?.reconciliation).toMatchObject({ startingEquity: '10000', difference: '0' });
    const [before] = (await status()).paper;
    expect(before).toMatchObject({ name: 'paper on binance in USDT', standIn: false });
    expect(before?.equity).toBe(ended.result?.reconciliation.equity);
    const simulated = await engine.engine.handlers['portfolio.get']({});
    expect(simulated).toMatchObject({ equity: '10000', environment: 'simulated' });

    engine = await engine.reopen();
    expect((await status()).paper).toEqual([before]);
    const next = await press();
    expect(payload((await recordsOf(next))[0])).toMatchObject({
      environment: 'paper',
      account: 'paper',
      startingEquity: before?.equity,
    });
    const opened = (await engine.records()).filter(({ type }) => type === 'paper_account.opened');
    expect(opened.map(payload)).toEqual([
      { environment: 'paper', venue: 'binance', standIn: false, asset: 'USDT', cash: '10000' },
    ]);
  });

  it('takes cash the first time alone, has one for paper and one for shadow, and is not opened by a look', async () => {
    await begin(rising);
    const request = cycleRequest.parse({ market: { kind: 'venue', venue: 'binance', mode: 'paper' } });
    await engine.engine.handlers['cycle.analyse'](request);
    expect((await status()).paper).toEqual([]);
    const first = await press('paper', { cash: '500' });
    await meanwhile(stop(first), 1);
    await expect(press('paper', { cash: '900' })).rejects.toThrow(/was opened before/);
    const second = await press('shadow');
    expect((await status()).paper.map(({ name }) => name)).toEqual([
      'paper on binance in USDT',
      'shadow on binance in USDT',
    ]);
    expect((await view(second)).environment).toBe('shadow');
    await meanwhile(stop(second), 25);
    await expect(press('paper', { at: PRESS })).rejects.toThrow(/those of now/);
  });
});

async function stop(cycle: number): Promise<CycleView> {
  await engine.engine.handlers['cycle.cancel']({ reason: 'a test' });
  return engine.engine.handlers['cycle.wait']({ cycle });
}

describe('the stop of an agent that trades', () => {
  const stopOf = async (cycle: number) =>
    Number(
      (await view(cycle)).orders.find(({ purpose, status: is }) => purpose === 'stop' && is === 'accepted')?.price,
    );
  const tighten = async (cycle: number, stop: number) => {
    const agent = (await view(cycle)).agentId ?? 'none';
    const asked = { account: 'simulated', instrument: 'BTC/USDT', stop: stop.toFixed(2), agent };
    return engine.engine.handlers['orders.tighten'](asked);
  };

  it('is moved by the master while it runs, in one way alone, and is what the position is closed at', async () => {
    await begin(falling);
    const cycle = await holding();
    const before = await stopOf(cycle);
    const newest = LAST * (1 - 0.0006 * 10);
    const nearer = cents((before + newest) / 2);
    await expect(tighten(cycle, before - 1)).rejects.toMatchObject({ code: 'refused' });
    await expect(tighten(cycle, newest * 1.01)).rejects.toMatchObject({ code: 'refused' });
    expect(await tighten(cycle, nearer)).toMatchObject({ environment: 'paper', to: String(nearer) });
    expect(await stopOf(cycle)).toBe(nearer);
    await expect(tighten(cycle, before)).rejects.toMatchObject({ code: 'refused' });

    for (let minute = 11; (await view(cycle)).state === 'running'; minute++) await at(minute);
    const ended = await view(cycle);
    expect(ended.fills.map(({ purpose }) => purpose)).toEqual(['entry', 'stop']);
    expect(Math.abs(Number(ended.fills[1]?.price) / nearer - 1)).toBeLessThan(0.001);
    expect(ended.result?.reconciliation.difference).toBe('0');
    const types = (await recordsOf(cycle)).map(({ type }) => type);
    expect(types.filter((type) => type === 'order.stop_tightened')).toHaveLength(1);
    expect(types.indexOf('order.stop_tightened')).toBeLessThan(types.indexOf('order.canceled'));
    await expect(tighten(cycle, nearer + 1)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('stays where it was moved to over the end of the program, and is met by the candles that were missed', async () => {
    await begin(falling);
    const cycle = await holding();
    const nearer = cents((await stopOf(cycle)) + 5);
    await tighten(cycle, nearer);
    await engine.close();
    await at(203);
    engine = await startTestEngine({ home: folder.path, prices: market.prices, secrets: engine.secrets });
    await meanwhile(press(), 204);
    const ended = await view(cycle);
    expect(ended.fills.map(({ purpose }) => purpose)).toEqual(['entry', 'stop']);
    expect(Number(ended.fills[1]?.price)).toBeLessThanOrEqual(nearer);
    expect(Math.abs(Number(ended.fills[1]?.price) / nearer - 1)).toBeLessThan(0.002);
    expect(ended.result?.reconciliation.difference).toBe('0');
  });

  it.each([
    ['its old order was canceled', 'order.canceled'],
    ['its new order was sent', 'order.submitted'],
  ] as const)('is where it was moved to when the program ended before %s', async (_, type) => {
    await begin(falling);
    const cycle = await holding();
    const before = await stopOf(cycle);
    const nearer = cents(before + (LAST * (1 - 0.0006 * 10) - before) * 0.9);
    const live = dieBefore(type);
    try {
      await expect(tighten(cycle, nearer)).rejects.toThrow('died');
      await engine.close();
    } finally {
      live();
    }
    await at(203);
    engine = await startTestEngine({ home: folder.path, prices: market.prices, secrets: engine.secrets });
    await meanwhile(press(), 204);
    const ended = await view(cycle);
    expect(ended.fills.map(({ purpose }) => purpose)).toEqual(['entry', 'stop']);
    // The candles that were missed fall through both prices: the one that they met tells which order rested.
    expect(Number(ended.fills[1]?.price)).toBeCloseTo(nearer, 0);
    expect(ended.result?.reconciliation.difference).toBe('0');
    expect((await engine.engine.handlers['audit.verify']({})).ok).toBe(true);
  });
});

describe('orders that rested while the program was off (row 46)', () => {
  it('meet the candles that were missed, at the prices of those candles, in a marked window', async () => {
    await begin(falling);
    const cycle = await holding();
    const stopPrice = Number((await view(cycle)).orders.find(({ purpose }) => purpose === 'stop')?.price);
    await engine.close();
    await at(203);
    engine = await startTestEngine({ home: folder.path, prices: market.prices, secrets: engine.secrets });
    // Nothing is asked of a venue for a mere answer.
    expect(market.open()).toBe(0);
    await meanwhile(press(), 204);

    const ended = await view(cycle);
    expect(ended.fills.map(({ purpose }) => purpose)).toEqual(['entry', 'stop']);
    const [, stopped] = ended.fills;
    expect(stopped?.ts).toBeGreaterThan(PRESS + 10 * MINUTE);
    expect(stopped?.ts).toBeLessThan(PRESS + 203 * MINUTE);
    expect(Math.abs(Number(stopped?.price) / stopPrice - 1)).toBeLessThan(0.002);
    expect(ended).toMatchObject({
      state: 'interrupted',
      offline: { from: PRESS + 10 * MINUTE, to: PRESS + 203 * MINUTE },
    });
    // Thirty-eight of five minutes to minute 200, then three minutes.
    expect(ended.offline).toMatchObject({ candles: 41, minutesWithout: 0 });
    expect(ended.result?.reason).toContain('offline window');
    expect(ended.result?.reconciliation.difference).toBe('0');
    const types = (await recordsOf(cycle)).map(({ type }) => type);
    expect(types.indexOf('cycle.offline')).toBeLessThan(types.lastIndexOf('order.filled'));
    expect(types.filter((type) => type === 'cycle.completed')).toHaveLength(1);
    expect((await engine.engine.handlers['audit.verify']({})).ok).toBe(true);
  });

  it('rest on when no candle reached them, and what is held is closed at the next minute, its stop resting until then', async () => {
    await begin(rising);
    const cycle = await holding();
    await engine.close();
    await at(13);
    engine = await startTestEngine({ home: folder.path, prices: market.prices, secrets: engine.secrets });
    await meanwhile(press(), 14);
    const ended = await view(cycle);
    const last = ended.fills.at(-1);
    expect(last?.purpose).toBe('flatten');
    // Asked for at minute 13, in the candle that opens there; the order is not older than that candle's open, which fills it.
    expect(last?.ts).toBe(PRESS + 13 * MINUTE);
    const canceled = (await recordsOf(cycle)).filter(({ type }) => type === 'order.canceled');
    expect(canceled.length).toBe(2);
    const filledAt = (await recordsOf(cycle)).findLast(({ type }) => type === 'order.filled')?.seq ?? 0;
    for (const record of canceled) expect(record.seq).toBeGreaterThan(filledAt);
    expect((await status()).paper[0]?.equity).toBe(ended.result?.reconciliation.equity);
    expect((await status()).paper[0]?.cash).toBe((await status()).paper[0]?.equity);
  });

  it('are ended in the same way when the cycle is stopped by hand, without an offline window', async () => {
    await begin(rising);
    const cycle = await holding();
    const ended = await meanwhile(stop(cycle), 11);
    expect(ended).toMatchObject({ state: 'interrupted', offline: null, result: { reason: 'a test' } });
    expect(ended.fills.map(({ purpose }) => purpose)).toEqual(['entry', 'flatten']);
    expect(market.open()).toBe(0);
  });

  it('are closed by the kill switch, which halts the engine and proves the account empty', async () => {
    await begin(rising);
    const cycle = await holding();
    const report = await meanwhile(
      Promise.resolve(engine.engine.handlers['engine.kill']({ verb: 'flatten', reason: 'a test' })),
      11,
    );
    expect(report.tradingState).toBe('halted');
    const ended = await engine.engine.handlers['cycle.wait']({ cycle });
    expect(ended.fills.at(-1)?.purpose).toBe('flatten');
    expect(ended.result?.reason).toContain('killed');
    const { equity, cash } = (await status()).paper[0] ?? {};
    expect(cash).toBe(equity);
    await expect(press()).rejects.toThrow(/halted/);
  });
});

describe('prices that may not be trusted', () => {
  const stale: MarketHealth = { kind: 'stale', reason: 'gap', detail: 'a message is missing', since: unixMs(PRESS) };
  const denials = async (cycle: number): Promise<readonly string[]> =>
    (await recordsOf(cycle)).filter(({ type }) => type === 'risk.denied').map((record) => payload(record).reason);

  it('give no order while the book is stale, nor on a candle that came late, and are traded on when they are good', async () => {
    await begin(rising);
    // Good when the press begins, stale when the first order is judged.
    market.setHealth({ kind: 'live' }, stale);
    const cycle = await press();
    expect(await denials(cycle)).toEqual(['the data are not to be trusted now: gap: a message is missing']);
    expect((await status()).livePrices?.trouble).toBe('gap: a message is missing');

    market.setHealth({ kind: 'live' });
    await market.advanceTo(unixMs(PRESS + 5 * MINUTE), 60_000);
    expect((await denials(cycle)).at(-1)).toMatch(/came 60 s after its close/);
    expect((await view(cycle)).orders).toEqual([]);

    await at(10);
    expect((await view(cycle)).orders.map(({ purpose }) => purpose)).toEqual(['entry']);
    expect((await denials(cycle)).length).toBe(2);
  });

  it('let no press begin while they stay bad', async () => {
    await begin(rising);
    market.setHealth(stale);
    const refused = press();
    refused.catch(() => undefined);
    for (let second = 1; second < 40; second++) await market.advanceTo(unixMs(PRESS + second * 1000));
    await expect(refused).rejects.toThrow(/gap: a message is missing/);
    expect(market.open()).toBe(0);
    expect((await engine.records()).some(({ type }) => type === 'cycle.started')).toBe(false);
  });
});

describe('live', () => {
  it('stays locked: it is refused with the reason and the remedy before anything is asked of the venue', async () => {
    await begin(rising);
    await expect(press('live')).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('the validation gate was not passed'),
      remedy: expect.stringContaining('--paper'),
    });
    expect(market.asked.size).toBe(0);
  });
});

describe('shadow', () => {
  it("records what the venue's book would have given, beside the simulated fill", async () => {
    await begin(rising);
    const best = cents(LAST);
    market.setBook({
      bids: [{ price: best - 1, quantity: 100 }],
      asks: [
        { price: best + 1, quantity: 0.01 },
        { price: best + 2, quantity: 100 },
      ],
    });
    const cycle = await holding('shadow');
    const { shadow, fills } = await view(cycle);
    const [order] = shadow?.orders ?? [];
    if (order === undefined) throw new Error('no order was compared');
    const quantity = Number(order.quantity);
    const walked = (0.01 * (best + 1) + (quantity - 0.01) * (best + 2)) / quantity;
    expect(Number(order.bookPrice)).toBeCloseTo(walked, 4);
    const simulated = Number(fills[0]?.price);
    expect(Number(order.simulatedPrice)).toBe(simulated);
    expect(Number(order.slippageBps)).toBeCloseTo(((walked - simulated) / simulated) * 10_000, 1);
    expect(shadow).toMatchObject({ compared: 1, averageSlippageBps: order.slippageBps });
    expect((await status()).paper[0]).toMatchObject({ compared: 1, averageSlippageBps: order.slippageBps });

    market.setBook(undefined);
    const ended = await meanwhile(stop(cycle), 11);
    // The sale is compared too; without a book it says why it is not.
    expect(ended.shadow?.orders[1]).toMatchObject({ side: 'sell', bookPrice: null, why: 'no book has come yet' });
    const before = (await status()).paper;
    engine = await engine.reopen();
    expect((await status()).paper).toEqual(before);
  });
});
