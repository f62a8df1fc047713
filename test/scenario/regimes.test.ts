import { describe, expect, it } from 'vitest';
import { sha256 } from '#adapters/digest/sha256.ts';
import { readCandleFile } from '#adapters/feed-file/file-feed.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { REGIMES, type Regime } from '#core/analyst/types.ts';
import { buildContext, HISTORY_CANDLES } from '#core/context/build-context.ts';
import type { MarketContext } from '#core/context/types.ts';
import type { ClosedCandle } from '#core/domain/candle.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { countClosedBy, findGaps } from '#core/market/candle-series.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import { candleFile, notRunWithoutShared } from '#test/support/shared-material.ts';

const notRun = notRunWithoutShared('regimes of real bitcoin candles');

/** What can be known at a moment of BTC 1h: the newest candles closed at or before it. */
function createPast(candles: readonly ClosedCandle[]): (moment: number) => MarketContext {
  return (moment) => {
    const asOf = unixMs(moment);
    const end = countClosedBy(candles, asOf);
    const known = candles.slice(Math.max(0, end - HISTORY_CANDLES), end);
    const history = { series: { interval: '1h' as const, candles: known }, gaps: findGaps(known, '1h') };
    const instrumentId = 'BTC/USDT.FILE' as InstrumentId;
    return buildContext(sha256, buildSnapshot(sha256, { instrumentId, interval: '1h', asOf, source: 'file', history }));
  };
}

describe.skipIf(notRun)('the rules analyst on real bitcoin candles', () => {
  const at = notRun
    ? undefined
    : createPast(readCandleFile(candleFile('binance-BTCUSDT-1h.csv.gz'), '1h').series.candles);
  const contextAt = (moment: number): MarketContext => {
    if (at === undefined) throw new Error('no candles');
    return at(moment);
  };

  it.each([
    [
      '2024-02-29T00:00:00Z',
      'trending_up',
      'long',
      ['price rose 20.4 % over 168 candles', 'ADX 14 is 44: a strong trend'],
    ],
    [
      '2018-11-20T00:00:00Z',
      'trending_down',
      'short',
      ['price fell 23.8 % over 168 candles', 'ADX 14 is 60: a very strong trend'],
    ],
    ['2023-08-15T00:00:00Z', 'ranging', 'none', ['price rose 0.8 % over 168 candles']],
    [
      '2020-03-13T00:00:00Z',
      'volatile',
      'none',
      ['price fell 39.5 % over 24 candles', 'volatility of 24 candles is 4.1 times its long-run level'],
    ],
  ] as const)('at %s say %s and why', (moment, regime, bias, said) => {
    const context = contextAt(Date.parse(moment));
    const judgement = judgeByRules(context);
    expect(judgement).toMatchObject({ regime, bias });
    expect(judgement.confidence).toBeGreaterThan(0.5);
    expect(judgement.reasons).toEqual(expect.arrayContaining([...said]));
    expect(judgement.evidence.every((id) => context.facts.some((fact) => fact.id === id))).toBe(true);
  });

  const count = (from: string, until: string, regime: Regime): number => {
    const [start, end] = [Date.parse(from), Date.parse(until)];
    const moments = Array.from({ length: 60 }, (_, i) => Math.floor(start + ((end - start) * (i + 0.5)) / 60));
    return moments.filter((moment) => judgeByRules(contextAt(moment)).regime === regime).length;
  };

  it('uses every regime that a liquid market has and lets none drown the others, over 400 moments of 2018 to 2024', () => {
    const [from, until] = [Date.parse('2018-01-01T00:00:00Z'), Date.parse('2024-12-31T00:00:00Z')];
    const counts = new Map<Regime, number>(REGIMES.map((regime) => [regime, 0]));
    for (let i = 0; i < 400; i++) {
      const { regime } = judgeByRules(contextAt(Math.floor(from + ((until - from) * i) / 400)));
      counts.set(regime, (counts.get(regime) ?? 0) + 1);
    }
    const seen = REGIMES.filter((regime) => (counts.get(regime) ?? 0) > 0);
    expect(seen).toEqual(['trending_up', 'trending_down', 'ranging', 'volatile', 'breakout']);
    expect(Math.max(...counts.values())).toBeLessThan(280);
    expect(Math.min(counts.get('trending_up') ?? 0, counts.get('trending_down') ?? 0)).toBeGreaterThan(40);
  });

  it('says up more often than down in bull windows and down more often than up in bear and crash windows', () => {
    for (const [from, until] of [
      ['2020-10-01', '2021-04-14'],
      ['2023-10-15', '2024-03-14'],
      ['2024-11-05', '2024-12-17'],
    ] as const)
      expect(count(from, until, 'trending_up')).toBeGreaterThan(2 * count(from, until, 'trending_down'));
    for (const [from, until] of [
      ['2017-12-17', '2018-12-16'],
      ['2021-11-10', '2022-11-22'],
      ['2020-03-06', '2020-03-14'],
    ] as const)
      expect(count(from, until, 'trending_down')).toBeGreaterThan(count(from, until, 'trending_up'));
  });
});
