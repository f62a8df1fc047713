import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baselinesBefore } from '#test/support/regime-baselines.ts';
import { regimeReport } from '#test/support/regime-report.ts';
import { differenceOf, scoreOf } from '#test/support/regime-score.ts';
import { type Label, type LabelledDay, RIGHT } from '#test/support/regime-windows.ts';
import { notRunWithoutShared } from '#test/support/shared-material.ts';

const notRun = notRunWithoutShared('the daily regime rules on stretches of real bitcoin candles');
const doc = readFileSync(resolve(import.meta.dirname, '../../docs/measured.md'), 'utf8');

const stretch = (label: Label, from: string, count: number): readonly LabelledDay[] =>
  Array.from({ length: count }, (_, i) => ({
    label,
    day: new Date(Date.parse(from) + i * 86_400_000).toISOString().slice(0, 10),
    rules: 'ranging',
    yesterday: i % 2 === 0 ? 'trending_up' : 'trending_down',
    month: 'trending_up',
  }));
const DAYS = [
  ...stretch('bull', '2025-05-01', 100),
  ...stretch('bear', '2025-02-01', 40),
  ...stretch('crash', '2025-10-07', 11),
];

describe('the score of regime judgements', () => {
  it('is 1 for an oracle, 0 for its opposite and the share of labels for a constant', () => {
    const oracle = scoreOf(DAYS, ({ label }) => RIGHT[label][0] ?? 'ranging');
    expect([oracle.balanced, oracle.interval]).toEqual([1, [1, 1]]);
    expect(scoreOf(DAYS, () => 'illiquid').balanced).toBe(0);
    expect(scoreOf(DAYS, () => 'trending_up').balanced).toBeCloseTo(1 / 3, 12);
    // A fall is right in a bear market and in a crash: this constant gets two labels of three.
    expect(scoreOf(DAYS, () => 'trending_down').balanced).toBeCloseTo(2 / 3, 12);
  });

  it('counts each label alike, however many days it has, and puts its interval around it', () => {
    const { balanced, interval, recall, n } = scoreOf(DAYS, ({ yesterday }) => yesterday);
    expect(recall.get('crash')).toEqual({ right: 5, n: 11 });
    expect(balanced).toBeCloseTo((0.5 + 0.5 + 5 / 11) / 3, 12);
    expect(n).toBe(151);
    expect(interval[0]).toBeLessThan(balanced);
    expect(interval[1]).toBeGreaterThan(balanced);
    const lead = differenceOf(
      DAYS,
      ({ label }) => RIGHT[label][0] ?? 'ranging',
      ({ yesterday }) => yesterday,
    );
    expect(lead.difference).toBeCloseTo(1 - balanced, 12);
    expect(lead.interval[0]).toBeGreaterThan(0);
  });

  it('knows of each baseline what it could have known', () => {
    const baselines = new Map(baselinesBefore(DAYS, [1, 30]).map(({ name, forecast }) => [name, forecast]));
    const on = (day: string): LabelledDay => ({ ...(DAYS[0] as LabelledDay), day });
    expect(baselines.get('class prior')?.(on('2025-05-01'))).toBe('trending_up');
    // On its first day the last stretch that had ended is the bear before it; hindsight of one day says the same, a day later not.
    expect(baselines.get('last label')?.(on('2025-04-09'))).toBe('trending_down');
    expect(baselines.get('last label')?.(on('2025-10-05'))).toBe('trending_down');
    expect(baselines.get('hindsight 1')?.(on('2025-04-09'))).toBe('trending_down');
    expect(baselines.get('hindsight 1')?.(on('2025-04-10'))).toBe('trending_up');
    expect(baselines.get('hindsight 30')?.(on('2025-05-08'))).toBe('trending_down');
  });
});

describe.skipIf(notRun)('the daily regime rules on bitcoin', () => {
  it('score as docs/measured.md says, where they beat a baseline and where they do not', { timeout: 300_000 }, () => {
    const reports = regimeReport();
    for (const { period, n, rows } of reports) {
      expect(doc).toContain(`${period}: n = ${n} days`);
      for (const row of rows) expect(doc).toContain(row);
    }
    for (const { against, period } of reports) expect(against.get('yesterday')?.difference, period).toBeGreaterThan(0);
  });
});
