import { describe, expect, it } from 'vitest';
import { meanReversion } from '#core/agent/families/mean-reversion.ts';
import type { TradeIntent } from '#core/agent/types.ts';
import type { CandleSeries } from '#core/domain/candle.ts';
import { closeTimeAt, rangeCloses, tapeOf, trendCloses } from '#test/support/candle-tapes.ts';

const decideAt = (series: CandleSeries, index: number, barsHeld = 0): TradeIntent =>
  meanReversion.decide(
    { asOf: closeTimeAt(series, index), series, holding: barsHeld > 0, barsHeld },
    meanReversion.defaults,
  );

const closeAt = (series: CandleSeries, index: number): number => series.candles[index]?.close as number;

describe('mean reversion', () => {
  const range = tapeOf(rangeCloses(400));

  it('enters near the lower edge of a range and leaves at its middle', () => {
    const trades: { entry: number; exit: number; why: string }[] = [];
    let entered: number | undefined;
    for (let index = 150; index < 400; index++) {
      const intent = decideAt(range, index, entered === undefined ? 0 : index - entered);
      if (intent.kind === 'enter') entered = index;
      if (intent.kind === 'exit' && entered !== undefined) {
        trades.push({ entry: closeAt(range, entered), exit: closeAt(range, index), why: intent.reason });
        entered = undefined;
      }
    }
    expect(trades.length).toBeGreaterThan(5);
    for (const trade of trades) {
      expect(trade.entry).toBeLessThan(99);
      expect(trade.exit).toBeGreaterThan(trade.entry);
      expect(trade.why).toMatch(/^(back at the middle|recovered)/);
    }
    expect(trades.some((trade) => trade.why.startsWith('back at the middle'))).toBe(true);
  });

  it('waits in the middle of the range and says where the edge is', () => {
    const middle = Array.from({ length: 24 }, (_, i) => 376 + i).find(
      (index) => Math.abs(closeAt(range, index) - 100) < 0.4,
    ) as number;
    expect(decideAt(range, middle)).toMatchObject({
      kind: 'hold',
      reason: expect.stringMatching(/^waiting for the lower edge: close [\d.]+, edge [\d.]+, middle [\d.]+$/),
    });
  });

  it('does not buy a fall out of the range', () => {
    const broken = tapeOf([...rangeCloses(300), 99, 90]);
    expect(decideAt(broken, 301)).toMatchObject({ kind: 'hold', reason: expect.stringContaining('range broken') });
  });

  it('does not fade a strong trend', () => {
    const fall = tapeOf(trendCloses(300, -0.004));
    const intents = Array.from({ length: 60 }, (_, i) => decideAt(fall, 240 + i));
    expect(intents.every((intent) => intent.kind === 'hold')).toBe(true);
    expect(intents.some((intent) => intent.reason.includes('trend too strong to fade'))).toBe(true);
  });

  it('closes a position that did not come back in time', () => {
    const bottom = Array.from({ length: 100 }, (_, i) => 250 + i).find(
      (index) => decideAt(range, index).kind === 'enter',
    ) as number;
    expect(decideAt(range, bottom, 23).kind).toBe('hold');
    expect(decideAt(range, bottom, 24)).toMatchObject({
      kind: 'exit',
      reason: 'time is up: held 24 candles, at most 24',
    });
  });

  it('holds in a market that does not move at all', () => {
    const flat = tapeOf(
      Array.from({ length: 200 }, () => 100),
      '1h',
      0,
    );
    expect(decideAt(flat, 199)).toMatchObject({ kind: 'hold', reason: 'the market does not move: close 100' });
  });

  it('refuses parameters outside their bounds and names them', () => {
    expect(() => meanReversion.parse({ ...meanReversion.defaults, entryRsi: 60 })).toThrow(/entryRsi/);
    expect(() => meanReversion.parse({ ...meanReversion.defaults, entryZone: 0.5 })).toThrow(/entryZone/);
    expect(() => meanReversion.parse({})).toThrow(/length/);
  });
});
