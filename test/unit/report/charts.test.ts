import { describe, expect, it } from 'vitest';
import { numberAxis, timeAxis } from '#core/report/axis.ts';
import { histogram, intervalBar } from '#core/report/bar-charts.ts';
import { curveChart } from '#core/report/curve-chart.ts';
import { amount, duration, exactAmount, multiple, percent, probability } from '#core/report/figure-text.ts';
import { monthTable } from '#core/report/month-table.ts';
import { thinOut } from '#core/report/thin-out.ts';
import { DAY, NEW_YEAR_2024 } from '#test/support/equity-records.ts';
import * as fc from '../../support/seeded-check.ts';

/** Every coordinate in a drawing. */
const coordinates = (svg: string): readonly number[] =>
  [...svg.matchAll(/\s(?:x|y|x1|x2|y1|y2|cx|cy)="([^"]*)"|[ML](\S+) (\S+?)(?=[MLZ"])/g)].flatMap((match) =>
    match
      .slice(1)
      .filter((text) => text !== undefined)
      .map(Number),
  );

describe('thinning a curve', () => {
  it('keeps the ends, the lowest and the highest point, and the order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 3000 }),
        fc.integer({ min: 1, max: 60 }),
        (values, slots) => {
          const points = thinOut(Float64Array.from(values.keys()), Float64Array.from(values), slots);
          expect(points.length).toBeLessThanOrEqual(2 * slots + 2);
          expect(points[0]?.y).toBe(values[0]);
          expect(points.at(-1)?.y).toBe(values.at(-1));
          const ys = points.map(({ y }) => y);
          expect(Math.min(...ys)).toBe(Math.min(...values));
          expect(Math.max(...ys)).toBe(Math.max(...values));
          expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).toSorted((a, b) => a - b));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('charts', () => {
  it('draw inside their box, whatever the values', () => {
    const values = fc.array(fc.oneof(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), fc.constant(5)), {
      minLength: 2,
      maxLength: 50,
    });
    fc.assert(
      fc.property(values, fc.boolean(), (list, mixed) => {
        const ys = Float64Array.from(list, (value, i) => (mixed && i % 3 === 0 ? -value : value));
        const times = Float64Array.from(list, (_, i) => NEW_YEAR_2024 + i * DAY);
        const svg = curveChart({ title: 't', height: 300, curves: [{ look: 'own', times, values: ys }], text: amount });
        const found = coordinates(svg);
        expect(found.length).toBeGreaterThan(4);
        for (const at of found) expect(at >= 0 && at <= 960, svg).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('turn to a logarithmic scale, and say so, when the equity grew more than eightfold', () => {
    const times = Float64Array.from({ length: 20 }, (_, i) => NEW_YEAR_2024 + i * DAY);
    const chart = (grown: number) =>
      curveChart({
        title: 'Equity',
        height: 300,
        curves: [{ look: 'own', times, values: times.map((_, i) => 1000 * grown ** (i / 19)) }],
        text: amount,
      });
    expect(chart(100)).toContain('logarithmic scale');
    expect(chart(2)).not.toContain('logarithmic');
  });

  it('the histogram counts every trade once', () => {
    const values = Array.from({ length: 500 }, (_, i) => Math.sin(i) * 3 + (i === 7 ? 90 : 0));
    const labels = [...histogram(values, 'R', multiple).matchAll(/text-anchor="middle">(\d+)<\/text>/g)].map(
      ([, size]) => Number(size),
    );
    expect(labels.reduce((a, b) => a + b, 0)).toBe(500);
  });

  it('the bar of an interval shows on which side of no effect it lies', () => {
    const figure = (low: number, high: number) => ({
      value: (low + high) / 2,
      n: 50,
      interval: { low, high, confidence: 0.95, method: 'm' },
    });
    expect(intervalBar(figure(0.1, 0.5), 0)).toContain('class="bar up"');
    expect(intervalBar(figure(-0.5, -0.1), 0)).toContain('class="bar down"');
    expect(intervalBar(figure(-0.5, 0.1), 0)).toContain('class="bar unclear"');
    expect(intervalBar({ value: 1, n: 3 }, 0)).toBe('');
    for (const at of coordinates(intervalBar(figure(0, 0), 0))) expect(at >= 0 && at <= 140).toBe(true);
  });

  it('axes are round and cover the values', () => {
    expect(numberAxis(9871, 11_234, 5, amount).ticks.map(({ text }) => text)).toEqual([
      '9,500.00',
      '10,000.00',
      '10,500.00',
      '11,000.00',
      '11,500.00',
    ]);
    expect(numberAxis(0, 0.3, 3, percent).ticks.map(({ at }) => at)).toEqual([0, 0.1, 0.2, 0.3]);
    expect(timeAxis(NEW_YEAR_2024, NEW_YEAR_2024 + 60 * DAY, 6).ticks.map(({ text }) => text)).toEqual([
      '2024-01-01',
      '2024-01-11',
      '2024-01-21',
      '2024-01-31',
      '2024-02-10',
      '2024-02-20',
      '2024-03-01',
    ]);
  });

  it('months tell direction by sign and mark those partly covered', () => {
    const table = monthTable([
      { month: '2023-12', value: -0.13, whole: false },
      { month: '2024-01', value: 0.03, whole: true },
    ]);
    expect(table).toContain('<td class="down3">\u221213.00%*</td>');
    expect(table).toContain('<td class="up1">3.00%</td>');
    expect(table).toContain('<th scope="row">2023</th>');
  });
});

describe('numbers in words', () => {
  it.each([
    [percent(0.1234), '12.34%'],
    [percent(-0.00005), '\u22120.0050%'],
    [percent(0), '0.00%'],
    [amount(1234567.891), '1,234,567.89'],
    [amount(0.000123456), '0.000123456'],
    [amount(-0.001), '\u22120.00100000'],
    [probability(0.99999999), 'above 99.99%'],
    [probability(0), 'below 0.01%'],
    [duration(90 * 60_000), '1 h 30 min'],
    [duration(150 * DAY), '150 d'],
    [exactAmount('-1234567.000000001'), '\u22121,234,567.000000001'],
    [exactAmount('<b>'), '<b>'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });
});
