// The ceiling: two typed arrays, exact prefix sums in whole cents, no events, no books. What a researcher writes by hand for one rule.
import { cents, readColumns } from '../lib/candles.mjs';
import { equityOf, RULES } from '../lib/cross-rules.mjs';

export function prepare({ path }) {
  const columns = readColumns(path);
  const open = cents(columns.open);
  const close = cents(columns.close);
  const count = close.length;
  const sums = new Float64Array(count + 1);
  const fillCandle = new Int32Array(count);
  const fillSide = new Int8Array(count);
  const state = { fills: 0 };
  const run = () => {
    const { fast, slow } = RULES;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      sum += close[i];
      sums[i + 1] = sum;
    }
    let fills = 0;
    let sign = 0;
    let held = 0;
    for (let i = slow - 1; i < count - 1; i++) {
      const all = sums[i + 1];
      const difference = slow * (all - sums[i + 1 - fast]) - fast * (all - sums[i + 1 - slow]);
      const now = difference > 0 ? 1 : difference < 0 ? -1 : sign;
      if (now !== sign && i > slow - 1 && now > 0 === (held === 0)) {
        fillCandle[fills] = i + 1;
        fillSide[fills] = now;
        fills += 1;
        held += now;
      }
      sign = now;
    }
    state.fills = fills;
    return { fills };
  };
  return {
    run,
    result: () => {
      run();
      const fills = Array.from({ length: state.fills }, (_, i) => [fillCandle[i], fillSide[i]]);
      return { fills, finalEquity: equityOf(fills, (i) => open[i], close[count - 1]) };
    },
  };
}
