import { afterEach, describe, expect, it } from 'vitest';
import { loadInstruments } from '#adapters/instruments/load-instruments.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { loadCandles } from '#host/lab/candle-data.ts';
import { arbitrageRequest } from '#shared/contract/arbitrage.ts';
import { type MeasurementSummary, measurementSummary } from '#shared/contract/measurements.ts';
import { SIMULATED_INSTRUMENTS } from '../support/instruments.ts';
import { askBacktest, openTestLab, type TestLab } from '../support/lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const families = {
  market: { kind: 'generator' as const, seed: 3, candles: 1_500 },
  interval: '1h' as const,
  only: ['trend-following', 'dca'],
};

/** A day of simulated minutes of bitcoin, and the same at another venue that is one percent dearer. */
function minutes(factor: number): CandleColumns {
  const instrument = loadInstruments(SIMULATED_INSTRUMENTS).find(({ symbol }) => symbol === 'BTC/USDT');
  if (instrument === undefined) throw new Error('bitcoin is not simulated');
  const columns = loadCandles({ kind: 'generator', seed: 5, instrument, interval: '1m', candles: 1_440 });
  const priced = (column: Float64Array) => column.map((value) => Math.round(value * factor * 100) / 100);
  return {
    ...columns,
    open: priced(columns.open),
    high: priced(columns.high),
    low: priced(columns.low),
    close: priced(columns.close),
  };
}

describe('the measurements of the lab', () => {
  let open: TestLab | undefined;
  let folder: ReturnType<typeof tempFolder> | undefined;
  const start = (): TestLab => {
    folder = tempFolder('mt-measurements');
    open = openTestLab(folder.path);
    return open;
  };
  afterEach(async () => {
    await open?.close();
    folder?.remove();
    open = undefined;
  });

  it('tell how far they are, and keep what came of it for whoever asks, with its report as a text', async () => {
    const { lab, measured } = start();
    const view = await lab.measureFamilies(families);
    const [summary] = lab.measurements() as [MeasurementSummary];
    expect(measurementSummary.parse(summary)).toMatchObject({
      kind: 'families',
      state: 'completed',
      source: 'simulated market',
      progress: { done: 2, planned: 2 },
      cause: null,
    });
    expect(measured.map(({ state, progress }) => [state, progress?.done ?? null])).toEqual([
      ['running', null],
      ['running', 0],
      ['running', 1],
      ['running', 2],
      ['completed', 2],
    ]);
    expect(lab.measurement(summary.id)).toEqual({ summary, families: view, arbitrage: null, scorecard: null });
    const page = lab.report({ id: summary.id, as: 'html' });
    expect(page.name).toBe(`${summary.id}.html`);
    expect(page.text).toMatch(/^<!doctype html>[\s\S]*Trend following/i);
    expect(lab.report({ id: summary.id, as: 'csv' }).text).toMatch(/^family,/);
    expect(() => lab.report({ id: summary.id, as: 'trades' })).toThrow(/has no table of trades/);
  });

  it('are stopped with their threads, and say so to whom waits', async () => {
    const { lab, measured } = start();
    const waiting = lab.measureFamilies({ ...families, market: { ...families.market, candles: 30_000 } });
    const [{ id }] = lab.measurements() as [MeasurementSummary];
    expect(lab.stopMeasurement(id)).toBe(true);
    await expect(waiting).rejects.toThrow(`${id} was stopped before its end`);
    expect(lab.measurements()).toMatchObject([{ id, state: 'canceled', cause: null }]);
    expect(lab.measurement(id).families).toBeNull();
    expect(lab.stopMeasurement(id)).toBe(false);
    expect(() => lab.report({ id, as: 'html' })).toThrow(/has no result/);
    expect(() => lab.stopMeasurement('M-000000000000')).toThrow(/nothing in the lab is called/);
    expect(measured.at(-1)?.state).toBe('canceled');
  });

  it('keep the cause of one that failed', async () => {
    const { lab } = start();
    await expect(lab.measureFamilies({ market: { kind: 'imported' }, interval: '1h' })).rejects.toThrow(
      /were imported/,
    );
    expect(lab.measurements()).toMatchObject([
      { state: 'failed', cause: { message: expect.stringContaining('no 1h candles') } },
    ]);
  });

  it('take the imported candles of each venue for arbitrage, and of no other', async () => {
    const { lab, candles } = start();
    candles.putColumns('BTC/USDT.KRAKEN' as InstrumentId, minutes(1));
    candles.putColumns('BTC/USDT.BINANCE' as InstrumentId, minutes(1.01));
    const markets = [
      { venue: 'kraken', instrument: 'BTC/USDT' },
      { venue: 'binance', instrument: 'BTC/USDT' },
    ];
    const view = await lab.arbitrage(arbitrageRequest.parse({ markets }));
    expect(view.mode).toBe('detect-only');
    expect(view.pairs).toHaveLength(1);
    expect(view.pairs[0]?.total).toMatchObject({ moments: 1440, gross: 1440 });
    const [summary] = lab.measurements() as [MeasurementSummary];
    expect(summary).toMatchObject({
      kind: 'arbitrage',
      state: 'completed',
      source: 'kraken BTC/USDT, binance BTC/USDT',
      progress: null,
    });
    expect(lab.report({ id: summary.id, as: 'csv' }).text).toContain('kraken');
    const strange = arbitrageRequest.parse({
      markets: [...markets.slice(0, 1), { venue: 'sim', instrument: 'BTC/USDT' }],
    });
    await expect(lab.arbitrage(strange)).rejects.toThrow(/no 1m candles of BTC\/USDT from sim were imported/);
  });

  it('stand beside reports of runs, whose trades and curve are tables of their own', async () => {
    const { lab } = start();
    const { id } = await lab.backtest(askBacktest());
    expect(lab.report({ id, as: 'html' }).text).toMatch(/^<!doctype html>/i);
    const first = (as: 'csv' | 'trades' | 'equity') => lab.report({ id, as }).text.split('\n')[0];
    expect(new Set([first('csv'), first('trades'), first('equity')]).size).toBe(3);
    expect(lab.report({ id, as: 'trades' }).name).toBe(`${id}-trades.csv`);
  });
});
