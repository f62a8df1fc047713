import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labRunView } from '#shared/contract/lab-views.ts';
import { askBacktest, askSearch, openTestLab, type TestLab } from '../support/lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-lab-venue');
let opened: TestLab;
beforeAll(() => {
  opened = openTestLab(folder.path);
});
afterAll(async () => {
  await opened.close();
  folder.remove();
});

const file = (name: string, content: unknown): string => {
  const path = join(folder.path, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const ask = (more: Parameters<typeof askBacktest>[0] = {}) =>
  askBacktest({
    instrument: 'BTC/USDT',
    strategy: 'trend-following',
    params: {},
    market: { kind: 'generator', seed: 3, candles: 1500 },
    ...more,
  });
const run = (more: Parameters<typeof askBacktest>[0] = {}) => opened.lab.backtest(ask(more));

describe('a back-test of the lab over several markets', () => {
  it('trades them on one account and tells each by itself, and the whole', async () => {
    const fills = join(folder.path, 'fills.csv');
    const view = await run({ also: [{ instrument: 'ETH/USDT' }, { instrument: 'SOL/USDT', interval: '4h' }], fills });
    expect(labRunView.parse(view)).toEqual(view);
    expect(view.markets?.map(({ instrument, interval, candles }) => [instrument, interval, candles])).toEqual([
      ['BTC/USDT.SIM', '1h', 1500],
      ['ETH/USDT.SIM', '1h', 1500],
      ['SOL/USDT.SIM', '4h', 375],
    ]);
    const sum = (of: (market: NonNullable<typeof view.markets>[number]) => number) =>
      (view.markets ?? []).reduce((total, market) => total + of(market), 0);
    expect(view.candles).toBe(3375);
    expect(view.trades).toBe(sum(({ trades }) => trades));
    expect(view.fills).toBe(sum(({ fills: count }) => count));
    expect(view.trades).toBeGreaterThan(3);
    expect(sum(({ netPnl }) => Number(netPnl))).toBeCloseTo(Number(view.finalEquity) - Number(view.startingCash), 6);
    const rows = readFileSync(fills, 'utf8').trim().split('\n');
    expect(rows).toHaveLength(view.fills + 1);
    expect(rows[0]).toMatch(/,instrument$/);
    const times = rows.slice(1).map((row) => Number(row.split(',')[0]));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    // The same question has the same answer, and another order of the markets is another question.
    expect(
      (await run({ also: [{ instrument: 'ETH/USDT' }, { instrument: 'SOL/USDT', interval: '4h' }] })).runHash,
    ).toBe(view.runHash);
    expect(
      (await run({ also: [{ instrument: 'SOL/USDT', interval: '4h' }, { instrument: 'ETH/USDT' }] })).runHash,
    ).not.toBe(view.runHash);
    expect(view.metrics['buyAndHold']).toHaveProperty('value');
  });

  it('is that of one market when nothing else is asked for', async () => {
    const view = await run();
    expect([view.markets, view.venue]).toEqual([undefined, undefined]);
  });

  it('refuses candles beside a file that have no file, and an instrument that nobody knows', async () => {
    const market = { kind: 'file', path: file('none.csv', '') } as const;
    await expect(run({ market, also: [{ instrument: 'ETH/USDT' }] })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('need a file of their own'),
    });
    await expect(run({ also: [{ instrument: 'XYZ/USDT' }] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(run({ also: [{ instrument: 'BTC/USDT' }] })).rejects.toMatchObject({
      message: expect.stringContaining('is given twice'),
    });
  });
});

describe('what the venue was like', () => {
  const conditions = {
    fees: { makerBps: '2', takerBps: '6', paidIn: { asset: 'BNB', price: '500' } },
    faults: {
      rejects: 0.2,
      latencyMs: [0, 60_000],
      outages: { everyMs: 360_000_000, lastsMs: [3_600_000, 7_200_000] },
    },
    halfSpreadBps: '3',
    markets: {
      'BTC/USDT': {
        limits: [
          { from: '2020-01-01T00:00:00Z', tickSize: '0.01', lotSize: '0.001', minQuantity: '0.001', minNotional: '10' },
        ],
      },
    },
  };

  it('comes from a file, changes the run and its hash, and is named in the result', async () => {
    const [plain, view] = [await run(), await run({ venue: file('venue.json', conditions) })];
    expect(view.runHash).not.toBe(plain.runHash);
    expect(view.venue).toContain('venue.json');
    expect(view.markets?.[0]?.refused).toBeGreaterThan(0);
    expect(view.costs.fees).not.toBe(plain.costs.fees);
    expect((await run({ venue: file('same.json', conditions) })).runHash).toBe(view.runHash);
    const other = { ...conditions, halfSpreadBps: '4' };
    expect((await run({ venue: file('other.json', other) })).runHash).not.toBe(view.runHash);
  });

  it('counts as another configuration in a search, and a search over it is another study', async () => {
    const search = (venue?: string) =>
      askSearch({
        instrument: 'BTC/USDT',
        limits: 'default',
        market: { kind: 'generator', seed: 3, candles: 1500 },
        ...(venue === undefined ? {} : { venue }),
      });
    const ids: string[] = [];
    for (const venue of [undefined, file('venue.json', conditions), file('again.json', conditions)]) {
      const { id } = await opened.lab.search(search(venue));
      await opened.lab.wait(id);
      ids.push(id);
    }
    expect(new Set(ids).size).toBe(2);
    expect(ids[1]).toBe(ids[2]);
    const [without, withIt] = ids.map((id) => opened.lab.show(id));
    if (without?.kind !== 'search' || withIt?.kind !== 'search') throw new Error('no search');
    expect(withIt.significance?.tried).toBe(24);
    expect(withIt.trials.map(({ runHash }) => runHash)).not.toEqual(without.trials.map(({ runHash }) => runHash));
  });

  it('lets finer candles decide, from the same source', async () => {
    const [coarse, fine] = [await run(), await run({ detail: { interval: '15m' } })];
    expect(fine.runHash).not.toBe(coarse.runHash);
    expect(fine.dataHash).not.toBe(coarse.dataHash);
    await expect(run({ detail: { interval: '4h' } })).rejects.toMatchObject({
      message: expect.stringContaining('do not divide'),
    });
  });

  it.each([
    ['no JSON', '{', /it is not JSON/],
    ['a field that nobody knows', { fess: {} }, /Unrecognized key/],
    ['a number where text is meant', { halfSpreadBps: 3 }, /halfSpreadBps/],
    ['a negative fee', { fees: { makerBps: '-1', takerBps: '1' } }, /fees\.makerBps/],
    ['a chance above one', { faults: { rejects: 2 } }, /faults\.rejects/],
    ['an upside-down delay', { faults: { latencyMs: [9, 1] } }, /faults\.latencyMs/],
    [
      'a date that is none',
      { markets: { 'BTC/USDT': { limits: [{ ...conditions.markets['BTC/USDT'].limits[0], from: 'yesterday' }] } } },
      /limits\.0\.from/,
    ],
    [
      'limits out of order',
      { limits: [conditions.markets['BTC/USDT'].limits[0], conditions.markets['BTC/USDT'].limits[0]] },
      /not in order of their dates/,
    ],
    ['a crossed book', { books: [{ at: '2026-01-01T05:00:00Z', bids: [['2', '1']], asks: [['1', '1']] }] }, /crossed/],
    [
      'a market that is not traded',
      { markets: { 'ETH/USDT': { impact: 0.1 } } },
      /conditions of ETH\/USDT, which this run does not trade/,
    ],
  ])('refuses %s by name', async (name, content, message) => {
    await expect(run({ venue: file(`bad ${name}.json`, content) })).rejects.toThrow(message);
  });

  it('refuses a file that is not there', async () => {
    await expect(run({ venue: join(folder.path, 'nowhere.json') })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('nowhere.json'),
    });
  });
});
