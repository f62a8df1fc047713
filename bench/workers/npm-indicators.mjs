// Indicators of npm libraries, and our streaming ones, over the shared candles: values fed one at a time where the library streams.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createAdx } from '../../src/core/context/indicators/adx.ts';
import { createAtr } from '../../src/core/context/indicators/atr.ts';
import { createBollinger } from '../../src/core/context/indicators/bollinger.ts';
import { createEma } from '../../src/core/context/indicators/ema.ts';
import { createMacd } from '../../src/core/context/indicators/macd.ts';
import { createRsi } from '../../src/core/context/indicators/rsi.ts';
import { createSma } from '../../src/core/context/indicators/sma.ts';
import { readColumns } from '../lib/candles.mjs';

const require = createRequire(import.meta.url);
/** How an average was begun is forgotten by then; libraries begin differently. */
const FROM = 5000;

const streamed = (values, next, pick = (value) => value) => {
  const out = new Float64Array(values[0].length);
  const [a, b, c] = values;
  if (values.length === 1) for (let i = 0; i < out.length; i++) out[i] = pick(next(a[i]));
  else for (let i = 0; i < out.length; i++) out[i] = pick(next(a[i], b[i], c[i]));
  return out;
};

function ours({ high, low, close }) {
  const run = (stream, values, pick) => streamed(values, (a, b, c) => stream.next(a, b, c), pick);
  return {
    sma: () => run(createSma(20), [close]),
    ema: () => run(createEma(20), [close]),
    rsi: () => run(createRsi(14), [close]),
    atr: () => run(createAtr(14), [high, low, close]),
    macd: () => run(createMacd(12, 26, 9), [close], ({ line }) => line),
    bollinger: () => run(createBollinger(20, 2), [close], ({ upper }) => upper),
    adx: () => run(createAdx(14), [high, low, close], ({ adx }) => adx),
  };
}

function debut({ high, low, close }) {
  const { SMA, EMA, RSI, ATR, MACD, BollingerBands, ADX } = require('@debut/indicators');
  const run = (indicator, values, pick) => streamed(values, (a, b, c) => indicator.nextValue(a, b, c), pick);
  return {
    sma: () => run(new SMA(20), [close]),
    ema: () => run(new EMA(20), [close]),
    rsi: () => run(new RSI(14), [close]),
    // Their default is another smoothing.
    atr: () => run(new ATR(14, 'SMMA'), [high, low, close]),
    macd: () => run(new MACD(12, 26, 9), [close], (value) => value?.macd ?? Number.NaN),
    bollinger: () => run(new BollingerBands(20, 2), [close], (value) => value?.upper ?? Number.NaN),
    adx: () => run(new ADX(14), [high, low, close], (value) => value?.adx ?? Number.NaN),
  };
}

function ixjb94(columns) {
  const { IndicatorsSync } = require('@ixjb94/indicators');
  const [high, low, close] = [columns.high, columns.low, columns.close].map((column) => Array.from(column));
  const all = new IndicatorsSync();
  return {
    sma: () => all.sma(close, 20),
    ema: () => all.ema(close, 20),
    rsi: () => all.rsi(close, 14),
    atr: () => all.atr(high, low, close, 14),
    macd: () => all.macd(close, 12, 26, 9)[0],
    bollinger: () => all.bbands(close, 20, 2)[2],
    adx: () => all.adx(high, low, close, 14),
  };
}

export function prepare({ path, library }) {
  const calls = { ours, debut, ixjb94 }[library](readColumns(path));
  return {
    run: (name) => void calls[name](),
    /** Largest relative difference to TA-Lib's first output, values matched from the end. */
    result: ({ name, dump }) => {
      const own = calls[name]();
      const bytes = readFileSync(dump);
      const theirs = new Float64Array(bytes.buffer.slice(bytes.byteOffset + 8, bytes.byteOffset + bytes.byteLength));
      const count = readColumns(path).length;
      let worst = 0;
      for (let back = 1; back <= count - FROM; back++) {
        const [a, b] = [own[own.length - back], theirs[count - back]];
        const error = Math.abs(a - b) / Math.max(Math.abs(b), 1e-12);
        if (!(error <= worst)) worst = Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
      }
      return { worst };
    },
  };
}
