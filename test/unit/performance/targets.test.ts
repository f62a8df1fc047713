import { describe, expect, it } from 'vitest';
import { stateOf, targetsOf } from '#core/performance/targets.ts';
import { estimated, type Figure, measured, notEnough } from '#core/statistics/figure.ts';
import { shareOf } from '#core/statistics/wilson.ts';

const WINS = { least: 0.8 };

describe('a target', () => {
  it('is never met below thirty, however good it looks', () => {
    for (let n = 10; n < 30; n++) expect(stateOf(shareOf(n, n, 'trades'), WINS)).toBe('not enough data');
    expect(stateOf(notEnough(3, 10, 'trades'), WINS)).toBe('not enough data');
    expect(stateOf(shareOf(30, 30, 'trades'), WINS)).toBe('met');
  });

  it('is decided only by an interval that lies wholly on one side', () => {
    expect(stateOf(shareOf(34, 40, 'trades'), WINS)).toBe('not enough data');
    expect(stateOf(shareOf(380, 400, 'trades'), WINS)).toBe('met');
    expect(stateOf(shareOf(20, 40, 'trades'), WINS)).toBe('not met');
    const slow: Figure = estimated(0.3, 90, 0.1, 0.5, 'a test');
    expect(stateOf(slow, { least: 0.15 })).toBe('not enough data');
  });
});

describe('the board', () => {
  const board = (drawdown: Figure, wholeDays: number) =>
    targetsOf({
      winRate: shareOf(50, 100, 'trades'),
      yearlyReturn: notEnough(12, 90, 'daily returns'),
      maxDrawdown: drawdown,
      wholeDays,
      accuracy: [{ subject: 'regime calls of rules', right: shareOf(60, 100, 'calls') }],
    });
  const stateFor = (id: string, drawdown: Figure, wholeDays: number) =>
    board(drawdown, wholeDays).find((target) => target.id === id)?.state;

  it('misses the drawdown on the first day, and keeps it only after thirty', () => {
    expect(stateFor('drawdown', measured(0.051, 3), 0)).toBe('not met');
    expect(stateFor('drawdown', measured(0.02, 900), 29)).toBe('not enough data');
    expect(stateFor('drawdown', measured(0.05, 900), 30)).toBe('met');
  });

  it('says of what nobody measures that it is not measured', () => {
    const uptime = board(measured(0, 1), 0).find(({ id }) => id === 'uptime');
    expect(uptime).toMatchObject({
      state: 'not enough data',
      measured: { undefinable: expect.stringContaining('not measured') },
    });
    expect(board(measured(0, 1), 0).map(({ id }) => id)).toEqual([
      'wins',
      'accuracy',
      'yearly-return',
      'drawdown',
      'uptime',
    ]);
  });
});
