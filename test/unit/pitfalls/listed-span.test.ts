import { describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { columnsOfRows, optionsFor, played } from '../../support/backtest-builders.ts';
import { BASE_TIME } from '../../support/candle-builders.ts';
import { marketOf, OTHER, playedTogether } from '../../support/portfolio-builders.ts';
import { instrument } from '../../support/trading-builders.ts';

const HOUR = INTERVAL_MS['1h'];
const hour = (n: number) => unixMs(BASE_TIME + n * HOUR);
const columns = columnsOfRows(Array.from({ length: 10 }, () => [100, 100, 100, 100] as const));
const listed = (from: number | undefined, until: number | undefined): Instrument => ({
  ...instrument,
  ...(from === undefined ? {} : { listedFrom: hour(from) }),
  ...(until === undefined ? {} : { listedUntil: hour(until) }),
});
const play = (rules: Instrument, more: object = {}) =>
  played(optionsFor(columns, { instrument: rules, params: { fast: 1, slow: 2 }, ...more }));

describe('the candles of a back-test', () => {
  it('lie in the listing from the open of the first to the close of the last', () => {
    expect(play(listed(0, 10)).candles).toBe(10);
    expect(play(listed(undefined, undefined)).candles).toBe(10);
    expect(() => play(listed(1, undefined))).toThrow(`was listed on SIM at ${utcText(hour(1))}`);
    // The last candle closes at hour ten: a market that ended at nine had no such candle.
    expect(() => play(listed(undefined, 9))).toThrow(`was taken off SIM at ${utcText(hour(9))}`);
    expect(() => play(listed(undefined, 9))).toThrow('cannot all be traded');
  });

  it('may be cut to it, at either end', () => {
    const rules = listed(2, 7);
    expect(() => play(rules)).toThrow('was listed');
    expect(() => play(rules, { from: hour(2) })).toThrow('was taken off');
    expect(() => play(rules, { from: hour(2), to: unixMs(hour(7) + HOUR) })).toThrow('was taken off');
    expect(play(rules, { from: hour(2), to: hour(7) }).candles).toBe(5);
  });

  it('are looked at for each of several markets', () => {
    const markets = [
      marketOf(columns, { instrument }),
      marketOf(columns, {
        instrumentId: OTHER,
        instrument: { ...listed(3, undefined), id: OTHER, symbol: 'ETH/USDT' },
      }),
    ];
    const options = { params: { fast: 1, slow: 2 }, markets };
    expect(() => playedTogether(options)).toThrow('ETH/USDT was listed');
    expect(playedTogether({ ...options, from: hour(3) }).markets).toHaveLength(2);
  });
});
