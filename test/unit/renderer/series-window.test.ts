import { describe, expect, it } from 'vitest';
import { lastDay, MOST_DRAWN, nearsEdge, placeOf, windowFor } from '../../../src/renderer/charts/series-window.ts';

describe('the window of candles that are drawn', () => {
  it('is everything while there is little', () => {
    expect(windowFor({ from: 360, to: 506 }, 500)).toEqual({ from: 0, to: 500 });
    expect(nearsEdge({ from: -5, to: 140 }, { from: 0, to: 500 }, 500)).toBe(false);
  });

  it('lies around the view, and stays inside the list at its ends', () => {
    const half = MOST_DRAWN / 2;
    expect(windowFor({ from: 49_000, to: 51_000 }, 100_000)).toEqual({ from: 50_000 - half, to: 50_000 + half });
    expect(windowFor({ from: -50, to: 90 }, 100_000)).toEqual({ from: 0, to: MOST_DRAWN });
    expect(windowFor({ from: 99_900, to: 100_040 }, 100_000)).toEqual({ from: 100_000 - MOST_DRAWN, to: 100_000 });
  });

  it('has to move before the view reaches an end behind which there is more, and not otherwise', () => {
    const drawn = { from: 40_000, to: 56_000 };
    expect(nearsEdge({ from: 47_000, to: 49_000 }, drawn, 100_000)).toBe(false);
    expect(nearsEdge({ from: 43_999, to: 45_000 }, drawn, 100_000)).toBe(true);
    expect(nearsEdge({ from: 51_000, to: 52_001 }, drawn, 100_000)).toBe(true);
    expect(nearsEdge({ from: 51_000, to: 52_001 }, drawn, 56_000)).toBe(false);
    // What it moves to needs no further move.
    const view = { from: 43_999, to: 45_000 };
    expect(nearsEdge(view, windowFor(view, 100_000), 100_000)).toBe(false);
  });

  it('knows the newest day only where more than it is there', () => {
    const candles = (count: number, ms: number) => Array.from({ length: count }, (_, at) => ({ openTime: at * ms }));
    const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
    expect(lastDay(candles(500, minute))).toBeNull();
    expect(lastDay(candles(1_540, minute))?.length).toBe(1_440);
    expect(lastDay(candles(500, hour))?.length).toBe(24);
    expect(lastDay(candles(500, day))).toBeNull();
    expect(lastDay([])).toBeNull();
  });

  it('finds the candle of a moment as a walk through the list would', () => {
    const candles = [10, 20, 30, 50].map((openTime) => ({ openTime }));
    for (let moment = 0; moment <= 60; moment += 1) {
      const walked = candles.findIndex(({ openTime }) => openTime >= moment);
      expect(placeOf(candles, moment)).toBe(walked < 0 ? candles.length : walked);
    }
    expect(placeOf([], 5)).toBe(0);
  });
});
