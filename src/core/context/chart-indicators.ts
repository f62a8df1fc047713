import type { ClosedCandle } from '../domain/candle.ts';
import { Fault } from '../kernel/fault.ts';
import { adx } from './indicators/adx.ts';
import { atr } from './indicators/atr.ts';
import { bollinger } from './indicators/bollinger.ts';
import { ema } from './indicators/ema.ts';
import { macd } from './indicators/macd.ts';
import { rsi } from './indicators/rsi.ts';
import { sma } from './indicators/sma.ts';
import { vwap } from './indicators/vwap.ts';

/** One curve of an indicator: a value for each candle, not a number where there are too few before it. */
export type IndicatorLine = { readonly name: string; readonly style: 'line' | 'bars'; readonly values: Float64Array };

/** An indicator as a chart shows it. `id` names every number, also those that were left out. */
export type ChartIndicator = {
  readonly id: string;
  readonly place: 'overlay' | 'pane';
  readonly lines: readonly IndicatorLine[];
};

type Columns = {
  readonly openTime: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
};

type Kind = {
  readonly place: ChartIndicator['place'];
  /** What is taken when a number is left out; `least` and `most` bound it. */
  readonly numbers: readonly { readonly usual: number; readonly least: number; readonly most: number }[];
  readonly draw: (columns: Columns, numbers: readonly number[]) => readonly IndicatorLine[];
};

const PERIOD = { least: 2, most: 400 } as const;
const line = (name: string, values: Float64Array): IndicatorLine => ({ name, style: 'line', values });
const at = (numbers: readonly number[], index: number): number => numbers[index] as number;

/** What a chart can be asked for. Prices are taken as they are: unlike the analyst's facts these are shown in units of price. */
const KINDS: Readonly<Record<string, Kind>> = {
  sma: {
    place: 'overlay',
    numbers: [{ usual: 50, ...PERIOD }],
    draw: ({ close }, [period = 50]) => [line('sma', sma(close, period))],
  },
  ema: {
    place: 'overlay',
    numbers: [{ usual: 21, ...PERIOD }],
    draw: ({ close }, [period = 21]) => [line('ema', ema(close, period))],
  },
  bollinger: {
    place: 'overlay',
    numbers: [
      { usual: 20, ...PERIOD },
      { usual: 2, least: 1, most: 5 },
    ],
    draw({ close }, numbers) {
      const { upper, middle, lower } = bollinger(close, at(numbers, 0), at(numbers, 1));
      return [line('upper', upper), line('middle', middle), line('lower', lower)];
    },
  },
  vwap: {
    place: 'overlay',
    numbers: [],
    draw: ({ openTime, high, low, close, volume }) => [line('vwap', vwap(openTime, high, low, close, volume))],
  },
  rsi: {
    place: 'pane',
    numbers: [{ usual: 14, ...PERIOD }],
    draw: ({ close }, [period = 14]) => [line('rsi', rsi(close, period))],
  },
  macd: {
    place: 'pane',
    numbers: [
      { usual: 12, least: 2, most: 200 },
      { usual: 26, least: 3, most: 400 },
      { usual: 9, least: 1, most: 100 },
    ],
    draw({ close }, numbers) {
      const lines = macd(close, at(numbers, 0), at(numbers, 1), at(numbers, 2));
      return [
        { name: 'histogram', style: 'bars', values: lines.histogram },
        line('macd', lines.line),
        line('signal', lines.signal),
      ];
    },
  },
  atr: {
    place: 'pane',
    numbers: [{ usual: 14, ...PERIOD }],
    draw: ({ high, low, close }, [period = 14]) => [line('atr', atr(high, low, close, period))],
  },
  adx: {
    place: 'pane',
    numbers: [{ usual: 14, ...PERIOD }],
    draw({ high, low, close }, [period = 14]) {
      const lines = adx(high, low, close, period);
      return [line('adx', lines.adx), line('plus', lines.plusDi), line('minus', lines.minusDi)];
    },
  },
};

/** Kind and numbers of `ema:21`. Throws Fault('usage') when there is no such indicator, or a number is not one of its own. */
function parse(text: string): { readonly id: string; readonly kind: Kind; readonly numbers: readonly number[] } {
  const [name = '', ...given] = text.split(':');
  const kind = KINDS[name];
  if (kind === undefined)
    throw new Fault('usage', `there is no indicator ${name}`, `choose among ${Object.keys(KINDS).join(', ')}`);
  const wrong = (what: string): Fault =>
    new Fault(
      'usage',
      `${text}: ${what}`,
      `write it as ${[name, ...kind.numbers.map(({ usual }) => usual)].join(':')}`,
    );
  if (given.length > kind.numbers.length) throw wrong(`${name} takes ${kind.numbers.length} numbers at most`);
  const numbers = kind.numbers.map(({ usual, least, most }, index) => {
    const value = given[index] === undefined ? usual : Number(given[index]);
    if (!Number.isInteger(value) || value < least || value > most)
      throw wrong(`${given[index]} is not a whole number from ${least} to ${most}`);
    return value;
  });
  if (name === 'macd' && at(numbers, 0) >= at(numbers, 1))
    throw wrong('the fast average must be shorter than the slow one');
  return { id: [name, ...numbers].join(':'), kind, numbers };
}

/**
 * The indicators of these candles, in the order asked for and each once. Candles are consecutive closed ones, oldest first; what an indicator
 * needs before its first value must be among them. Throws Fault('usage') on one that does not exist.
 */
export function chartIndicators(candles: readonly ClosedCandle[], asked: readonly string[]): readonly ChartIndicator[] {
  const columns: Columns = {
    openTime: Float64Array.from(candles, ({ openTime }) => openTime),
    high: Float64Array.from(candles, ({ high }) => high),
    low: Float64Array.from(candles, ({ low }) => low),
    close: Float64Array.from(candles, ({ close }) => close),
    volume: Float64Array.from(candles, ({ volume }) => volume),
  };
  const parsed = new Map(asked.map((text) => parse(text)).map((one) => [one.id, one] as const));
  return [...parsed.values()].map(({ id, kind, numbers }) => ({
    id,
    place: kind.place,
    lines: kind.draw(columns, numbers),
  }));
}
