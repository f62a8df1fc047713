import { type Figure, isKnown } from '../statistics/figure.ts';
import { numberAxis } from './axis.ts';
import { escapeHtml } from './escape.ts';

const WIDTH = 960;
const n = (value: number): string => String(Math.round(value * 10) / 10);

/**
 * Interval of an estimate as a small bar: the line is the interval, the dot the value, the upright the reference that would mean "no
 * effect". Empty for a fact without an interval.
 */
export function intervalBar(figure: Figure, reference: number): string {
  if (!isKnown(figure) || !('interval' in figure)) return '';
  const { low, high } = figure.interval;
  const [from, to] = [Math.min(low, reference), Math.max(high, reference)];
  const x = (value: number): number => 4 + (to > from ? (value - from) / (to - from) : 0.5) * 132;
  const clear = low > reference ? 'up' : high < reference ? 'down' : 'unclear';
  return [
    `<svg class="bar ${clear}" viewBox="0 0 140 16" aria-hidden="true">`,
    `<line class="reference" x1="${n(x(reference))}" x2="${n(x(reference))}" y1="1" y2="15"/>`,
    `<line class="span" x1="${n(x(low))}" x2="${n(x(high))}" y1="8" y2="8"/>`,
    `<circle cx="${n(x(figure.value))}" cy="8" r="3.5"/>`,
    '</svg>',
  ].join('');
}

/** Histogram of results: losses left of zero, gains right of it. The outermost bins take what lies beyond the middle 98 %. */
export function histogram(values: readonly number[], title: string, text: (value: number) => string): string {
  if (values.length < 10)
    return `<p class="lack">${escapeHtml(title)}: not enough data to draw (${values.length} of 10 trades)</p>`;
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [
    sorted[Math.floor(0.01 * (sorted.length - 1))] as number,
    sorted[Math.ceil(0.99 * (sorted.length - 1))] as number,
  ];
  const axis = numberAxis(Math.min(0, low), Math.max(0, high), 24, text);
  const steps = axis.ticks.length - 1;
  const width = (axis.to - axis.from) / steps;
  const bins = Array.from({ length: steps }, () => 0);
  for (const value of values) {
    const bin = Math.min(steps - 1, Math.max(0, Math.floor((value - axis.from) / width)));
    bins[bin] = (bins[bin] as number) + 1;
  }
  const [height, bottom, most] = [200, 172, Math.max(...bins)];
  const x = (bin: number): number => 12 + (bin / steps) * (WIDTH - 24);
  const every = Math.ceil(steps / 10);
  const bars = bins.map((size, bin) => {
    const middle = axis.from + (bin + 0.5) * width;
    const tall = (size / most) * (bottom - 22);
    const label =
      size === 0
        ? ''
        : `<text class="tick" x="${n(x(bin + 0.5))}" y="${n(bottom - tall - 5)}" text-anchor="middle">${size}</text>`;
    return `<rect class="${middle < 0 ? 'down' : 'up'}" x="${n(x(bin) + 1)}" y="${n(bottom - tall)}" width="${n((WIDTH - 24) / steps - 2)}" height="${n(tall)}" rx="1.5"/>${label}`;
  });
  const ticks = axis.ticks.flatMap(({ text: label }, i) =>
    i % every === 0
      ? [
          `<text class="tick" x="${n(Math.min(WIDTH - 30, Math.max(30, x(i))))}" y="${bottom + 18}" text-anchor="middle">${escapeHtml(label)}</text>`,
        ]
      : [],
  );
  return [
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(title)}">`,
    `<title>${escapeHtml(title)}</title>`,
    ...bars,
    `<line class="level" x1="12" x2="${WIDTH - 12}" y1="${bottom}" y2="${bottom}"/>`,
    ...ticks,
    '</svg>',
  ].join('\n');
}
