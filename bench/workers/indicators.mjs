// Our indicators over the shared candles. Buffers are given, as TA-Lib's are, and were touched before.
import { readFileSync } from 'node:fs';
import { adx } from '../../src/core/context/indicators/adx.ts';
import { atr } from '../../src/core/context/indicators/atr.ts';
import { bollinger } from '../../src/core/context/indicators/bollinger.ts';
import { ema } from '../../src/core/context/indicators/ema.ts';
import { macd } from '../../src/core/context/indicators/macd.ts';
import { rollingMax } from '../../src/core/context/indicators/rolling-extremes.ts';
import { rollingStd } from '../../src/core/context/indicators/rolling-std.ts';
import { rsi } from '../../src/core/context/indicators/rsi.ts';
import { sma } from '../../src/core/context/indicators/sma.ts';
import { readColumns } from '../lib/candles.mjs';

export function prepare({ path }) {
  const { high, low, close } = readColumns(path);
  const [one, two, three] = Array.from({ length: 3 }, () => new Float64Array(close.length).fill(0));
  const calls = {
    sma: () => [sma(close, 20, one)],
    ema: () => [ema(close, 20, one)],
    rsi: () => [rsi(close, 14, one)],
    atr: () => [atr(high, low, close, 14, one)],
    macd: () => {
      const { line, signal, histogram } = macd(close, 12, 26, 9, { line: one, signal: two, histogram: three });
      return [line, signal, histogram];
    },
    bollinger: () => {
      const { upper, middle, lower } = bollinger(close, 20, 2, { upper: one, middle: two, lower: three });
      return [upper, middle, lower];
    },
    adx: () => [adx(high, low, close, 14, { adx: one, plusDi: two, minusDi: three }).adx],
    rollingStd: () => [rollingStd(close, 20, one)],
    rollingMax: () => [rollingMax(high, 20, one)],
  };
  return {
    run: (name) => void calls[name](),
    /** Largest relative difference to what TA-Lib wrote into `dump`; infinite when the first index or a length differs. */
    result: ({ name, dump }) => {
      const outputs = calls[name]();
      const bytes = readFileSync(dump);
      const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
      const first = values[0];
      let worst = 0;
      outputs.forEach((own, column) => {
        for (let i = 0; i < own.length; i++) {
          const theirs = values[1 + column * own.length + i];
          if (i < first ? !Number.isNaN(own[i]) : Number.isNaN(own[i])) worst = Number.POSITIVE_INFINITY;
          else if (i >= first && own[i] !== theirs)
            worst = Math.max(worst, Math.abs(own[i] - theirs) / Math.max(Math.abs(theirs), 1e-300));
        }
      });
      return { worst, first };
    },
  };
}
