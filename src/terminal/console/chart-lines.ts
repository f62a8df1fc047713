import type { ChartView } from '#shared/contract/market.ts';
import { floatText } from '#shared/format/figures.ts';
import { fact } from '../text/figures.ts';
import { type Line, type Span, span, type Tone } from '../text/line.ts';

// A price line of braille dots, two by four in each cell. Floats: this is a drawing, not an account.

const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const BRAILLE = 0x2800;
const LEVEL_TONE: Readonly<Record<ChartView['lines'][number]['kind'], Tone>> = {
  entry: 'accent',
  stop: 'down',
  target: 'up',
};

type Cell = { readonly text: string; readonly tone: Tone };
type Scale = { readonly low: number; readonly high: number };

const labelText = (value: number, decimals: number): string => floatText(value, decimals, { ascii: true });

/** Least and greatest of what is drawn, levels included, with never a zero span. */
function scaleOf(closes: readonly number[], levels: readonly number[]): Scale {
  const all = [...closes, ...levels];
  const low = Math.min(...all);
  const high = Math.max(...all);
  return high > low ? { low, high } : { low: low - 1, high: high + 1 };
}

/** Dot rows counted from the top. */
const dotRow = (value: number, { low, high }: Scale, height: number): number =>
  Math.round(((high - value) / (high - low)) * (height * 4 - 1));

function brailleRows(closes: readonly number[], scale: Scale, width: number, height: number): readonly number[][] {
  const cells = Array.from({ length: height }, () => Array.from({ length: width }, () => 0));
  let previous: number | undefined;
  for (let x = 0; x < closes.length; x++) {
    const y = dotRow(closes[x] ?? 0, scale, height);
    const from = previous ?? y;
    // Every dot between two closes is set, so that a jump is a line and not a hole.
    for (let dot = Math.min(from, y); dot <= Math.max(from, y); dot++) {
      const row = cells[Math.floor(dot / 4)];
      const column = Math.floor(x / 2);
      if (row?.[column] !== undefined) row[column] |= DOTS[x % 2 === 0 ? 0 : 1]?.[dot % 4] ?? 0;
    }
    previous = y;
  }
  return cells;
}

const joined = (cells: readonly Cell[]): Line => {
  const spans: Span[] = [];
  for (const { text, tone } of cells) {
    const last = spans.at(-1);
    if (last?.tone === tone) spans[spans.length - 1] = { text: last.text + text, tone };
    else spans.push(span(text, tone));
  }
  return spans;
};

/** The newest closes in `width` by `height` cells, with price labels, levels and the places of the fills. */
export function chartLines(chart: ChartView, width: number, height: number): readonly Line[] {
  const { columns, priceDecimals, lines: levels, markers } = chart;
  const all = Array.from(columns.close);
  if (all.length < 2 || height < 2) return [[span('not enough candles for a chart yet', 'muted')]];
  const labels = levels.map(({ kind, price }) => ({
    kind,
    value: Number(price),
    text: `${kind} ${labelText(Number(price), priceDecimals)}`,
  }));
  const labelWidth =
    Math.max(10, ...labels.map(({ text }) => text.length), labelText(all.at(-1) ?? 0, priceDecimals).length) + 1;
  const plot = Math.max(4, width - labelWidth);
  const closes = all.slice(-plot * 2);
  const firstShown = all.length - closes.length;
  const scale = scaleOf(
    closes,
    labels.map(({ value }) => value),
  );
  const dots = brailleRows(closes, scale, plot, height);
  const rowOf = (value: number): number => Math.min(height - 1, Math.floor(dotRow(value, scale, height) / 4));

  const rightOf = new Map<number, Cell>([
    [0, { text: labelText(scale.high, priceDecimals), tone: 'muted' }],
    [height - 1, { text: labelText(scale.low, priceDecimals), tone: 'muted' }],
  ]);
  const levelAt = new Map<number, Tone>();
  for (const { kind, value, text } of labels) {
    rightOf.set(rowOf(value), { text, tone: LEVEL_TONE[kind] });
    levelAt.set(rowOf(value), LEVEL_TONE[kind]);
  }

  const grid = dots.map((row, y) =>
    row.map((bits): Cell => {
      if (bits !== 0) return { text: String.fromCodePoint(BRAILLE + bits), tone: 'plain' };
      const level = levelAt.get(y);
      return level === undefined ? { text: ' ', tone: 'plain' } : { text: '┄', tone: level };
    }),
  );
  for (const { ts, side, price } of markers) {
    const index = columns.openTime.findLastIndex((openTime) => openTime <= ts) - firstShown;
    const row = grid[rowOf(Number(price))];
    const column = Math.floor(index / 2);
    if (index >= 0 && row?.[column] !== undefined) {
      row[column] = side === 'buy' ? { text: '▲', tone: 'up' } : { text: '▼', tone: 'down' };
    }
  }
  return grid.map((row, y) => {
    const right = rightOf.get(y);
    return joined([...row, ...(right === undefined ? [] : [{ text: ` ${right.text}`, tone: right.tone }])]);
  });
}

/** The chart in words: `-0.40% over 120 candles`. */
export function chartNote({ columns, interval }: ChartView): string {
  const first = columns.close[0];
  const last = columns.close.at(-1);
  if (first === undefined || last === undefined || first === 0) return interval;
  return `${fact({ value: last / first - 1, unit: 'fraction' })} over ${columns.close.length} candles`;
}
