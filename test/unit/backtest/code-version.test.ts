import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BacktestResult } from '#core/backtest/types.ts';
import { BACKTEST_CODE_VERSION } from '#core/backtest/version.ts';
import { optionsFor, played, playScript } from '../../support/backtest-builders.ts';
import { wanderingColumns } from '../../support/candle-column-builders.ts';

/** What each version made of the same runs, run hash apart. A version that has another engine must have another line. */
const RESULTS: Readonly<Record<number, string>> = {
  2: '0b3701d0e7eac42f74acdb600cf197235ccb6f91a742eadfe4980a4bd4f88fde',
  3: '0b3701d0e7eac42f74acdb600cf197235ccb6f91a742eadfe4980a4bd4f88fde',
  4: '0b3701d0e7eac42f74acdb600cf197235ccb6f91a742eadfe4980a4bd4f88fde',
};

const digestOf = (results: readonly BacktestResult[]): string => {
  const hash = createHash('sha256');
  for (const { runHash: _, ...result } of results)
    hash.update(
      JSON.stringify(result, (__, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value)),
    );
  return hash.digest('hex');
};

describe('the version of the back-test in every run hash', () => {
  it('is raised when the same inputs give another result', () => {
    const columns = wanderingColumns(3000);
    const results = [
      played(optionsFor(columns)),
      played(
        optionsFor(columns, { profiles: { limits: 'default', costs: 'default' }, cash: '40000', params: { fast: 5 } }),
      ),
      playScript(
        columns,
        Object.fromEntries(
          Array.from({ length: 100 }, (_, n) => [
            n * 29,
            ({ desk, series: [view] }) => {
              const close = view.close(0);
              desk.submit({ side: 'buy', type: 'limit', lots: desk.unit, limit: close - 500 });
              desk.submit({ side: 'buy', type: 'stop', lots: desk.unit, trigger: close + 900 });
              desk.submit({ side: 'sell', type: 'take_profit', lots: desk.unit, limit: close + 2500, group: n + 1 });
              desk.submit({ side: 'sell', type: 'stop', lots: desk.unit, trigger: close - 2500, group: n + 1 });
              desk.submit({ side: 'sell', type: 'trailing_stop', lots: desk.unit, trail: 1200 });
            },
          ]),
        ),
        { profiles: { limits: 'default', costs: 'default' }, cash: '5000000', feeBps: '7.5' },
      ),
    ];
    expect(results.every(({ fills }) => fills.count > 20)).toBe(true);
    expect(digestOf(results), 'raise BACKTEST_CODE_VERSION, say why there, and add its line here').toBe(
      RESULTS[BACKTEST_CODE_VERSION],
    );
  });
});
