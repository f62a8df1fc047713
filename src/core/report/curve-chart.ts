import { type Axis, numberAxis, timeAxis } from './axis.ts';
import { escapeHtml } from './escape.ts';
import { type Point, thinOut } from './thin-out.ts';

export type Curve = {
  /** CSS class that colours it. */
  readonly look: 'own' | 'held' | 'fall';
  readonly times: Float64Array;
  readonly values: Float64Array;
  /** Fills down (or up) to zero instead of drawing a line alone. */
  readonly area?: boolean;
};

export type CurveChart = {
  /** What a reader who can't see it is told. */
  readonly title: string;
  readonly height: number;
  readonly curves: readonly Curve[];
  readonly text: (value: number) => string;
  /** A line across at this value: the starting equity. */
  readonly level?: number;
};

const WIDTH = 960;
const LEFT = 76;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 26;
const SLOTS = 420;
/** From this ratio of the highest to the lowest value on, equal distances mean equal percentages. */
const LOGARITHMIC_FROM = 8;

/** Curves over time as one SVG without script: drawn once, at any size. */
export function curveChart({ title, height, curves, text, level }: CurveChart): string {
  const drawn = curves.map((curve) => ({ ...curve, points: thinOut(curve.times, curve.values, SLOTS) }));
  const points = drawn.flatMap((curve) => curve.points);
  if (points.length < 2) return `<p class="lack">${escapeHtml(title)}: not enough data to draw</p>`;
  const values = [...points.map(({ y }) => y), ...(level === undefined ? [] : [level])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const logarithmic = low > 0 && high / low >= LOGARITHMIC_FROM;
  const scale = logarithmic ? Math.log10 : (value: number): number => value;
  const yAxis = logarithmic ? logAxis(low, high, text) : numberAxis(low, high, 5, text);
  const xAxis = timeAxis(Math.min(...points.map(({ x }) => x)), Math.max(...points.map(({ x }) => x)), 6);
  const bottom = height - BOTTOM;
  const x = (at: number): number => LEFT + ((at - xAxis.from) / (xAxis.to - xAxis.from)) * (WIDTH - LEFT - RIGHT);
  const [from, to] = [scale(yAxis.from), scale(yAxis.to)];
  const y = (value: number): number => bottom - ((scale(value) - from) / (to - from)) * (bottom - TOP);
  const grid = [
    ...yAxis.ticks.map(
      (tick) =>
        `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(y(tick.at))}" y2="${n(y(tick.at))}"/>` +
        `<text class="tick" x="${LEFT - 8}" y="${n(y(tick.at) + 4)}" text-anchor="end">${escapeHtml(tick.text)}</text>`,
    ),
    ...xAxis.ticks.map(
      (tick) =>
        `<text class="tick" x="${n(Math.min(WIDTH - 40, Math.max(LEFT + 36, x(tick.at))))}" y="${height - 7}" text-anchor="middle">${tick.text}</text>`,
    ),
    ...(level === undefined
      ? []
      : [`<line class="level" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(y(level))}" y2="${n(y(level))}"/>`]),
  ];
  const paths = drawn.map(({ look, points, area }) => pathsOf(look, points, area === true, x, y));
  const described = `${title}${logarithmic ? ' (logarithmic scale)' : ''}`;
  return [
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(described)}">`,
    `<title>${escapeHtml(described)}</title>`,
    ...grid,
    ...paths,
    '</svg>',
  ].join('\n');
}

function pathsOf(
  look: Curve['look'],
  points: readonly Point[],
  area: boolean,
  x: (at: number) => number,
  y: (value: number) => number,
): string {
  const line = points.map((point, i) => `${i === 0 ? 'M' : 'L'}${n(x(point.x))} ${n(y(point.y))}`).join('');
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  const filled = area
    ? `<path class="area ${look}" d="${line}L${n(x(last.x))} ${n(y(0))}L${n(x(first.x))} ${n(y(0))}Z"/>`
    : '';
  return `${filled}<path class="line ${look}" d="${line}"/>`;
}

/** Powers of ten with 2 and 5 between them, cut to the values. */
function logAxis(low: number, high: number, text: (value: number) => string): Axis {
  const ticks: { at: number; text: string }[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of [1, 2, 5]) {
      const at = factor * 10 ** power;
      if (at >= low && at <= high) ticks.push({ at, text: text(at) });
    }
  }
  // Many decades need no numbers between them.
  return {
    from: low,
    to: high,
    ticks: ticks.length > 9 ? ticks.filter(({ at }) => Number.isInteger(Math.log10(at))) : ticks,
  };
}

/** A tenth of a pixel is finer than any screen. */
const n = (value: number): string => String(Math.round(value * 10) / 10);
