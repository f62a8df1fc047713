import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

const DAY = 86_400_000;

let engine: TestEngine;
beforeEach(async () => {
  engine = await startTestEngine();
});
afterEach(() => engine.close());
const handlers = () => engine.engine.handlers;

describe('what a whole engine tells around a chart', () => {
  it('quotes each instrument at its newest close, and against the close of exactly a day before', async () => {
    // So that the market does not stand on a full hour.
    await engine.press({ interval: '1m' });
    const quotes = await handlers()['market.quotes']({});
    const listed = await handlers()['market.instruments']({});
    expect(quotes.map(({ symbol }) => symbol)).toEqual(listed.map(({ symbol }) => symbol));
    expect(new Set(quotes.map(({ asOf }) => asOf % 3_600_000))).not.toEqual(new Set([0]));
    for (const { symbol, last, change, at, asOf, priceDecimals } of quotes) {
      const asked = { instrument: symbol, interval: '1m', limit: 10 } as const;
      const { columns } = await handlers()['market.chart'](asked);
      const { columns: dayBefore } = await handlers()['market.chart']({ ...asked, before: asOf - DAY });
      const newest = columns.close.at(-1) ?? Number.NaN;
      expect(Number(last)).toBeCloseTo(newest, priceDecimals);
      expect(at).toBe((columns.openTime.at(-1) ?? 0) + 60_000);
      expect(change).toBeCloseTo(newest / (dayBefore.close.at(-1) ?? Number.NaN) - 1, 10);
    }
  });

  it('has no book of a simulated market and of a run on it, and reads each candle by what was known at it', async () => {
    expect(await handlers()['market.depth']({})).toEqual({ kind: 'none', why: 'simulated' });
    const { cycle } = await handlers()['cycle.start'](cycleRequest.parse({ trigger: 'terminal' }));
    expect(await handlers()['market.depth']({ cycle })).toEqual({ kind: 'none', why: 'simulated' });
    await handlers()['cycle.wait']({ cycle });

    const asked = { instrument: 'BTC/USDT', interval: '1m', limit: 300 } as const;
    const { columns } = await handlers()['market.chart'](asked);
    const reading = await handlers()['market.reading'](asked);
    const { bands, patterns } = reading;
    expect(reading).toMatchObject({ instrument: 'BTC/USDT', interval: '1m' });
    expect([bands[0]?.from, bands.at(-1)?.to]).toEqual([columns.openTime[0], columns.openTime.at(-1)]);
    for (const [index, band] of bands.entries()) {
      expect(band.to).toBe(bands[index + 1]?.from ?? columns.openTime.at(-1));
      expect(band.regime).not.toBe(bands[index + 1]?.regime);
    }
    expect(patterns.length).toBeGreaterThan(0);
    for (const { openTime, knownAt } of patterns) {
      expect(columns.openTime).toContain(openTime);
      expect(knownAt).toBeGreaterThanOrEqual(openTime + 60_000);
    }
    // What was said of earlier candles stays when newer ones come.
    await engine.press();
    const later = await handlers()['market.reading']({ ...asked, limit: 340 });
    expect(later.asOf).toBeGreaterThan(reading.asOf);
    const oldest = later.patterns.at(-1)?.openTime ?? 0;
    const shared = patterns.filter(({ openTime }) => openTime > oldest);
    expect(shared.length).toBeGreaterThan(0);
    for (const pattern of shared) expect(later.patterns).toContainEqual(pattern);
  });
});
