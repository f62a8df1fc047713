// grademark: a back-tester from npm, fed with a data frame and crossings that were computed before. It charges no fees, and on a candle on
// which it enters or leaves it asks neither rule, so that it misses trades: its list is compared with a plain loop under that very rule.
import { createRequire } from 'node:module';
import { cents, readColumns } from '../lib/candles.mjs';
import { RULES } from '../lib/cross-rules.mjs';

const require = createRequire(import.meta.url);
const { DataFrame } = require('data-forge');
const { backtest } = require('grademark');

/** 1, -1 or the sign before, as each candle closes; 0 before both averages are there. */
function signsOf(close) {
  const { fast, slow } = RULES;
  const signs = new Int8Array(close.length);
  let [sumFast, sumSlow, sign] = [0, 0, 0];
  for (let i = 0; i < close.length; i++) {
    sumFast += close[i] - (i >= fast ? close[i - fast] : 0);
    sumSlow += close[i] - (i >= slow ? close[i - slow] : 0);
    if (i < slow - 1) continue;
    const difference = slow * sumFast - fast * sumSlow;
    sign = difference > 0 ? 1 : difference < 0 ? -1 : sign;
    signs[i] = sign;
  }
  return signs;
}

/** What grademark's own order of steps must give: fills at the next open, no decision on the candle of a fill. */
function expectedFills(signs, slow) {
  const fills = [];
  let [held, wanted] = [false, 0];
  for (let i = 0; i < signs.length; i++) {
    if (wanted !== 0) {
      fills.push([i, wanted]);
      held = wanted > 0;
      wanted = 0;
      continue;
    }
    if (i < slow) continue;
    const turned = signs[i] !== signs[i - 1];
    if (turned && !held && signs[i] > 0) wanted = 1;
    else if (turned && held && signs[i] < 0) wanted = -1;
  }
  return fills;
}

export function prepare({ path }) {
  const columns = readColumns(path);
  const count = columns.length;
  const signs = signsOf(cents(columns.close));
  const rows = Array.from({ length: count }, (_, i) => ({
    time: columns.openTime[i],
    open: columns.open[i],
    high: columns.high[i],
    low: columns.low[i],
    close: columns.close[i],
    volume: columns.volume[i],
    // The crossing itself: 1 up, -1 down, 0 none.
    turn: i >= RULES.slow && signs[i] !== signs[i - 1] ? signs[i] : 0,
  }));
  const frame = new DataFrame(rows);
  const strategy = {
    entryRule: (enter, { bar }) => {
      if (bar.turn > 0) enter();
    },
    exitRule: (exit, { bar }) => {
      if (bar.turn < 0) exit();
    },
  };
  const indexOf = (time) => (time - columns.openTime[0]) / 60_000;
  const play = () => {
    const trades = backtest(strategy, frame);
    return Array.isArray(trades) ? trades : trades.toArray();
  };
  return {
    run: () => ({ trades: play().length }),
    result: () => {
      // A position that is open at the end it closes at the last close; ours stays open and is valued there.
      const fills = play().flatMap(({ entryTime, exitTime, exitReason }) =>
        exitReason === 'finalize'
          ? [[indexOf(entryTime), 1]]
          : [
              [indexOf(entryTime), 1],
              [indexOf(exitTime), -1],
            ],
      );
      return { fills, expected: expectedFills(signs, RULES.slow) };
    },
  };
}
