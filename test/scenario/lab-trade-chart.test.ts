import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGeneratedMarket, GENERATOR_EPOCH } from '#adapters/feed-generator/generated-market.ts';
import { unixMs } from '#core/domain/ids.ts';
import { labChart } from '#shared/contract/lab.ts';
import type { LabRunView } from '#shared/contract/lab-views.ts';
import { simulatedInstrument } from '../support/instruments.ts';
import { askBacktest, openTestLab, type TestLab } from '../support/lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-lab-trade-chart');
let opened: TestLab;
beforeAll(() => {
  opened = openTestLab(folder.path);
});
afterAll(async () => {
  await opened.close();
  folder.remove();
});

const play = (more: Parameters<typeof askBacktest>[0] = {}): Promise<LabRunView> =>
  opened.lab.backtest(
    askBacktest({
      instrument: 'BTC/USDT',
      strategy: 'trend-following',
      params: {},
      market: { kind: 'generator', seed: 3, candles: 2500 },
      ...more,
    }),
  );

describe('one trade of a back-test on its candles', () => {
  it('has entry, stop and target where the candles say that it was held and left', async () => {
    const { id, tradeList } = await play();
    expect(tradeList.length).toBeGreaterThan(4);
    const ends = new Set<string>();
    for (const [number, trade] of tradeList.entries()) {
      const chart = await opened.lab.chart({ id, trade: number });
      expect(labChart.parse(chart)).toEqual(chart);
      const { columns, lines, markers } = chart;
      const at = new Map(lines.map(({ kind, price }) => [kind, Number(price)]));
      const [entry, stop = 0, target = Number.POSITIVE_INFINITY] = [at.get('entry'), at.get('stop'), at.get('target')];
      expect(entry).toBeCloseTo(trade.entryPrice, 2);
      expect(stop).toBeGreaterThan(0);
      expect(stop).toBeLessThan(trade.entryPrice);
      expect(target).toBeGreaterThan(trade.entryPrice);
      expect(markers.map(({ ts, purpose }) => [ts, purpose])).toEqual([
        [trade.entryTime, 'entry'],
        [trade.exitTime, trade.left],
      ]);
      const [first, last] = [columns.openTime.indexOf(trade.entryTime), columns.openTime.indexOf(trade.exitTime)];
      expect(first).toBeGreaterThanOrEqual(0);
      // While it was held no candle went through its protection, and the one that it left in did where it was that.
      for (let i = first + 1; i < last; i += 1) {
        expect(columns.low[i], `${id} ${number} candle ${i}`).toBeGreaterThan(stop);
        expect(columns.high[i], `${id} ${number} candle ${i}`).toBeLessThan(target);
      }
      if (trade.left === 'stop') expect(columns.low[last]).toBeLessThanOrEqual(stop);
      if (trade.left === 'target') expect(columns.high[last]).toBeGreaterThanOrEqual(target);
      ends.add(trade.left ?? 'nothing');
    }
    expect([...ends]).toEqual(expect.arrayContaining(['stop', 'target']));
    // The candles are read once for all of them.
    expect(opened.tasks.filter(({ kind }) => kind === 'load')).toHaveLength(1);
  });

  it('knows of several markets on which one each trade was, and its tick', async () => {
    const { id, tradeList, markets } = await play({ also: [{ instrument: 'ETH/USDT' }] });
    const places = new Set(tradeList.map(({ market }) => market));
    expect(places).toEqual(new Set([0, 1]));
    for (const place of [0, 1]) {
      const number = tradeList.findIndex(({ market }) => market === place);
      const chart = await opened.lab.chart({ id, trade: number });
      expect(chart.instrument).toBe(markets?.[place]?.instrument);
      const candle = chart.columns.openTime.indexOf(tradeList[number]?.entryTime ?? 0);
      const [low = 0, high = 0] = [chart.columns.low[candle], chart.columns.high[candle]];
      expect(tradeList[number]?.entryPrice).toBeGreaterThanOrEqual(low * 0.999);
      expect(tradeList[number]?.entryPrice).toBeLessThanOrEqual(high * 1.001);
    }
  });

  it('is refused, with a remedy, when the candles are others by now, and where there is no such trade', async () => {
    const path = join(folder.path, 'candles.csv');
    const minutes = createGeneratedMarket(3, simulatedInstrument('BTC/USDT')).minutes(
      GENERATOR_EPOCH,
      unixMs(GENERATOR_EPOCH + 4000 * 60_000),
    );
    const row = ({ openTime, open, high, low, close, volume }: (typeof minutes)[number]) =>
      [openTime, open, high, low, close, volume].join(',');
    writeFileSync(path, ['timestamp,open,high,low,close,volume', ...minutes.slice(0, -1).map(row), ''].join('\n'));
    const { id, trades } = await play({ market: { kind: 'file', path }, interval: '1m' });
    expect(trades).toBeGreaterThan(0);
    expect((await opened.lab.chart({ id, trade: 0 })).lines).toHaveLength(3);
    await expect(opened.lab.chart({ id, trade: trades })).rejects.toMatchObject({ code: 'not_found' });
    await play();
    const other = await play({ market: { kind: 'generator', seed: 4, candles: 1500 } });
    await opened.lab.chart({ id: other.id, trade: 0 });
    const last = minutes.at(-1);
    if (last !== undefined) appendFileSync(path, `${row(last)}\n`);
    await expect(opened.lab.chart({ id, trade: 0 })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('have changed since'),
    });
  });
});
