import { describe, expect, it } from 'vitest';
import { type HoldoutOpening, openHoldout } from '#core/statistics/holdout.ts';
import { planWalkForward, type WalkForwardOptions } from '#core/statistics/walk-forward.ts';

const options: WalkForwardOptions = {
  length: 1000,
  kind: 'anchored',
  trainLength: 300,
  testLength: 100,
  purge: 8,
  embargo: 2,
  holdoutLength: 150,
};

describe('walk-forward splits', () => {
  it('anchored: training grows from the first candle and ends a gap before the test', () => {
    const { splits, holdout } = planWalkForward(options);
    expect(holdout).toEqual({ from: 850, to: 1000 });
    expect(splits[0]).toEqual({ train: [{ from: 0, to: 300 }], test: { from: 310, to: 410 } });
    expect(splits[1]).toEqual({ train: [{ from: 0, to: 400 }], test: { from: 410, to: 510 } });
    // 310 + 5 x 100 = 810; the 30 candles up to 840 (a gap before the holdout) are less than half a test and join the last.
    expect(splits.at(-1)?.test).toEqual({ from: 710, to: 840 });
  });

  it('rolling: training has one length', () => {
    const { splits } = planWalkForward({ ...options, kind: 'rolling' });
    expect(splits.map(({ train }) => train)).toEqual(
      splits.map(({ test }) => [{ from: test.from - 310, to: test.from - 10 }]),
    );
  });

  it('folds: training lies on both sides of the test with the gap on both', () => {
    const { splits } = planWalkForward({ ...options, kind: 'folds', holdoutLength: 0 });
    expect(splits).toHaveLength(10);
    expect(splits[3]).toEqual({
      test: { from: 300, to: 400 },
      train: [
        { from: 0, to: 290 },
        { from: 410, to: 1000 },
      ],
    });
    expect(splits[0]?.train).toEqual([{ from: 110, to: 1000 }]);
  });

  it('refuses data that are too short and numbers that are none, with what is needed', () => {
    expect(() => planWalkForward({ ...options, length: 500 })).toThrow('500 candles are too few: 410 are needed');
    expect(() => planWalkForward({ ...options, purge: -1 })).toThrow('purge must be a whole number');
    expect(() => planWalkForward({ ...options, testLength: 0 })).toThrow('at least one candle');
    expect(() => planWalkForward({ ...options, trainLength: 0.5 })).toThrow('trainLength');
  });
});

describe('the final holdout', () => {
  const request: HoldoutOpening = {
    datasetHash: 'd1',
    instrumentId: 'BTC/USDT.SIM',
    from: 1000,
    to: 2000,
    configurationHash: 'c1',
    openedAt: 5000,
  };
  const opened = (openings: readonly HoldoutOpening[], asked: HoldoutOpening) => {
    const answer = openHoldout(openings, asked);
    if (answer.kind !== 'opened') throw new Error(answer.reason);
    return answer;
  };

  it('opens once, and the opening is recorded', () => {
    const answer = opened([], request);
    expect(answer).toEqual({ kind: 'opened', openings: [request], seenBefore: 0 });
  });

  it('is refused a second time, for the same and for any other configuration', () => {
    const { openings } = opened([], request);
    for (const configurationHash of ['c1', 'c2']) {
      const answer = openHoldout(openings, { ...request, configurationHash, openedAt: 6000 });
      expect(answer).toMatchObject({ kind: 'refused', earlier: request });
      expect(answer).toHaveProperty('reason', expect.stringContaining('opened before'));
    }
    expect(openings).toEqual([request]);
  });

  it('opens for new data, and says how much of them had been seen', () => {
    const { openings } = opened([], request);
    const next = opened(openings, { ...request, datasetHash: 'd2', from: 1200, to: 2200 });
    expect(next.seenBefore).toBeCloseTo(0.8, 12);
    expect(next.openings).toHaveLength(2);
    const third = opened(next.openings, { ...request, datasetHash: 'd3', from: 900, to: 2400 });
    expect(third.seenBefore).toBeCloseTo(1200 / 1500, 12);
    expect(opened(next.openings, { ...request, datasetHash: 'd4', instrumentId: 'ETH/USDT.SIM' }).seenBefore).toBe(0);
    expect(opened(next.openings, { ...request, datasetHash: 'd5', from: 2200, to: 2300 }).seenBefore).toBe(0);
  });

  it('refuses an empty span', () => {
    expect(() => openHoldout([], { ...request, to: 1000 })).toThrow('empty holdout');
  });
});
