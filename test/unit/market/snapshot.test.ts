import { describe, expect, it } from 'vitest';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { buildSnapshot, type SnapshotInput } from '#core/market/snapshot.ts';
import type { FeedHistory } from '#core/ports/market-feed.ts';
import { BASE_TIME, plainRows, seriesOf, sha256 } from '#test/support/candle-builders.ts';

const history: FeedHistory = { series: seriesOf(plainRows(5), '1m'), gaps: [] };
const input: SnapshotInput = {
  instrumentId: 'BTC/USDT.SIM' as InstrumentId,
  interval: '1m',
  asOf: unixMs(BASE_TIME + 5 * 60_000 + 1500),
  source: 'file',
  history,
};
const hashOf = (changes: Partial<SnapshotInput>): string => buildSnapshot(sha256, { ...input, ...changes }).hash;

describe('a snapshot', () => {
  it('holds the candles, their age and the gaps', () => {
    const snapshot = buildSnapshot(sha256, input);
    expect(snapshot.series).toEqual(history.series);
    expect(snapshot.dataAgeMs).toBe(1500);
    expect(snapshot.gaps).toBe(history.gaps);
    expect(snapshot.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has a hash of instrument, interval, moment and candles, whatever the source', () => {
    const own = hashOf({});
    expect(hashOf({ source: 'imported' })).toBe(own);
    expect(hashOf({ instrumentId: 'ETH/USDT.SIM' as InstrumentId })).not.toBe(own);
    expect(hashOf({ asOf: unixMs(input.asOf + 1) })).not.toBe(own);
    const rows = plainRows(5).map((row, i) => (i === 2 ? { ...row, volume: row.volume + 1 } : row));
    expect(hashOf({ history: { series: seriesOf(rows, '1m'), gaps: [] } })).not.toBe(own);
  });

  it('puts the candles in order', () => {
    const candles = history.series.candles.toReversed();
    expect(hashOf({ history: { series: { interval: '1m', candles }, gaps: [] } })).toBe(hashOf({}));
  });

  it('refuses a candle that closes after its moment', () => {
    expect(() => hashOf({ asOf: unixMs(BASE_TIME + 5 * 60_000 - 1) })).toThrow(/closes at .* after the moment/);
  });

  it('refuses another interval, twins and nothing', () => {
    const twins = [...history.series.candles, ...history.series.candles.slice(-1)];
    expect(() => hashOf({ interval: '5m' })).toThrow(/asked for 5m candles/);
    expect(() => hashOf({ history: { series: { interval: '1m', candles: twins }, gaps: [] } })).toThrow(/two candles/);
    expect(() => hashOf({ history: { series: { interval: '1m', candles: [] }, gaps: [] } })).toThrow(/no candle/);
  });
});
