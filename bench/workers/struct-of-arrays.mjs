// An event-driven engine as lean as JavaScript allows: a callback for each candle, a queue of orders, fees, a list of trades, a journal
// and an equity curve, all in typed arrays. Whole cents; cash in whole ten-thousandths of a cent, exact.
import { cents, readColumns } from '../lib/candles.mjs';
import { moneyText, RULES } from '../lib/cross-rules.mjs';

const UNITS = 10_000;

function createEngine({ openTime, open, close }) {
  const count = close.length;
  const room = 1 << 17;
  const journal = { kind: new Uint8Array(room), time: new Float64Array(room), a: new Float64Array(room), count: 0 };
  const trades = { entry: new Int32Array(room), exit: new Int32Array(room), pnl: new Float64Array(room), count: 0 };
  const fills = { candle: new Int32Array(room), side: new Int8Array(room), count: 0 };
  const queue = { side: new Int8Array(16), count: 0 };
  const equity = new Float64Array(count);
  const account = { cash: RULES.cash * 100 * UNITS, held: 0, entry: 0, entryCost: 0 };

  const note = (kind, time, a) => {
    const at = journal.count;
    journal.kind[at] = kind;
    journal.time[at] = time;
    journal.a[at] = a;
    journal.count = at + 1;
  };
  const fill = (index, side) => {
    const price = open[index];
    const cost = side * price * UNITS + price * RULES.feeBps;
    account.cash -= cost;
    account.held += side;
    fills.candle[fills.count] = index;
    fills.side[fills.count] = side;
    fills.count += 1;
    note(2, openTime[index], price);
    if (side > 0) {
      account.entry = index;
      account.entryCost = cost;
      return;
    }
    trades.entry[trades.count] = account.entry;
    trades.exit[trades.count] = index;
    trades.pnl[trades.count] = -cost - account.entryCost;
    trades.count += 1;
  };
  const desk = {
    held: () => account.held,
    submit(side, time) {
      queue.side[queue.count] = side;
      queue.count += 1;
      note(1, time, side);
    },
  };
  return {
    play(onCandle) {
      journal.count = 0;
      trades.count = 0;
      fills.count = 0;
      queue.count = 0;
      account.cash = RULES.cash * 100 * UNITS;
      account.held = 0;
      for (let i = 0; i < count; i++) {
        if (queue.count > 0) {
          for (let order = 0; order < queue.count; order++) fill(i, queue.side[order]);
          queue.count = 0;
        }
        equity[i] = (account.cash + account.held * close[i] * UNITS) / (100 * UNITS);
        onCandle(i, desk);
      }
    },
    journal,
    trades,
    fills,
    equity,
    finalEquity: () => moneyText(account.cash + account.held * close[count - 1] * UNITS),
  };
}

function createStrategy({ openTime, close }) {
  const { fast, slow } = RULES;
  const sums = new Float64Array(2);
  let sign = 0;
  return (i, desk) => {
    sums[0] += close[i] - (i >= fast ? close[i - fast] : 0);
    sums[1] += close[i] - (i >= slow ? close[i - slow] : 0);
    if (i < slow - 1) return;
    const difference = slow * sums[0] - fast * sums[1];
    const now = difference > 0 ? 1 : difference < 0 ? -1 : sign;
    const before = sign;
    sign = now;
    if (i === slow - 1 || now === before) return;
    if (now > 0 && desk.held() === 0) desk.submit(1, openTime[i]);
    else if (now < 0 && desk.held() > 0) desk.submit(-1, openTime[i]);
  };
}

export function prepare({ path }) {
  const columns = readColumns(path);
  const market = { openTime: columns.openTime, open: cents(columns.open), close: cents(columns.close) };
  const engine = createEngine(market);
  const run = () => {
    engine.play(createStrategy(market));
    return { fills: engine.fills.count };
  };
  return {
    run,
    result: () => {
      run();
      const { candle, side, count } = engine.fills;
      return {
        fills: Array.from({ length: count }, (_, i) => [candle[i], side[i]]),
        finalEquity: engine.finalEquity(),
      };
    },
  };
}
