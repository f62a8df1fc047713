import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';

/** Columns in the order of the file. */
export const NAMES = ['openTime', 'open', 'high', 'low', 'close', 'volume'];
const START = Date.UTC(2023, 0, 1);
const STEP = 60_000;
const BYTES = 8;

/** 32 bits of state (T. Ettinger's mulberry32, public domain); whole numbers and one division: the same bits on every machine. */
function uniform(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** One-minute candles of a seeded walk, prices in whole cents. Moves are sums of four uniforms, so that no logarithm is involved. */
export function makeCandles(count, seed = 20_231_101) {
  const next = uniform(seed);
  const columns = Object.fromEntries(NAMES.map((name) => [name, new Float64Array(count)]));
  let price = 3_000_000;
  for (let i = 0; i < count; i++) {
    const open = price;
    let [high, low, close] = [open, open, open];
    for (let k = 0; k < 4; k++) {
      const move = next() + next() + next() + next() - 2;
      // Drawn back towards its beginning a little, so that ten million candles stay prices.
      close = Math.max(1000, Math.round(close * (1 + 0.0005 * move) + (3_000_000 - close) * 1e-6));
      high = Math.max(high, close);
      low = Math.min(low, close);
    }
    columns.openTime[i] = START + i * STEP;
    columns.open[i] = open / 100;
    columns.high[i] = high / 100;
    columns.low[i] = low / 100;
    columns.close[i] = close / 100;
    columns.volume[i] = Math.floor(100 + 900 * next()) / 100;
    price = close;
  }
  return columns;
}

/** The columns one after another, as the C driver and every worker read them. */
export function writeColumns(path, columns) {
  const file = openSync(path, 'w', 0o600);
  for (const name of NAMES) writeSync(file, new Uint8Array(columns[name].buffer));
  closeSync(file);
}

export function readColumns(path) {
  const count = statSync(path).size / BYTES / NAMES.length;
  const file = openSync(path, 'r');
  const columns = { interval: '1m', length: count };
  for (const name of NAMES) {
    columns[name] = new Float64Array(count);
    readSync(file, new Uint8Array(columns[name].buffer));
  }
  closeSync(file);
  return columns;
}

/** Prices in whole cents: what the plain loops count in. */
export const cents = (prices) => prices.map((price) => Math.round(price * 100));
