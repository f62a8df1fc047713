import { expect, it } from 'vitest';
import type { ColumnMarket } from '#core/agent/column-family.ts';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { balanceOf } from '#core/ledger/ledger.ts';
import { type CandleRow, columnsOfRows, fillLines, playScript } from '../support/backtest-builders.ts';
import * as fc from '../support/seeded-check.ts';
import { bar, tapeRig } from '../support/tape-rig.ts';
import { BTC, instrument, USDT } from '../support/trading-builders.ts';

const MARGIN: Instrument = {
  ...instrument,
  margin: { initial: parseDecimal('0.5'), maintenance: parseDecimal('0.25'), annualInterest: parseDecimal('0.365') },
};

const hour = fc.record({
  gap: fc.integer({ min: -1000, max: 3000 }),
  body: fc.integer({ min: -1000, max: 1500 }),
  up: fc.nat(2000),
  down: fc.nat(1000),
  order: fc.constantFrom('sell open', 'sell open', 'buy reduce', 'none', 'none'),
  lots: fc.integer({ min: 10_000, max: 130_000 }),
  volume: fc.integer({ min: 100, max: 4000 }),
});

it('the back-tester and the venue with its ledger lend, charge and liquidate alike, to the last digit', () => {
  let compared = 0;
  let liquidated = 0;
  fc.assert(
    fc.property(fc.array(hour, { minLength: 2, maxLength: 15 }), (hours) => {
      let last = 10_000;
      const rows = hours.map(({ gap, body, up, down, volume }): CandleRow => {
        const open = Math.max(2000, last + gap);
        const close = Math.max(2000, open + body);
        last = close;
        const [high, low] = [Math.max(open, close) + up, Math.max(1000, Math.min(open, close) - down)];
        return [open / 100, high / 100, low / 100, close / 100, volume];
      });
      const rig = tapeRig({
        instrument: MARGIN,
        feeBps: parseDecimal('10'),
        halfSpreadBps: parseDecimal('2'),
        participation: 0.1,
        impact: 0.1,
      });
      const script: Record<number, (market: ColumnMarket) => void> = {};
      for (const [i, [open, high, low, close, volume]] of rows.entries()) {
        rig.play(bar(i, open, high, low, close, volume));
        const { order, lots } = hours[i] as (typeof hours)[number];
        const [side, word] = order.split(' ');
        if (side === 'none' || i + 1 === rows.length) continue;
        const held = Number(formatDecimal(balanceOf(rig.state(), 'position', BTC)));
        // Sent only where both would take it: the venue refuses at once what exceeds the position, the back-tester bounds it. Purchases
        // beyond zero are left out, because only the back-tester asks for their cash.
        if (side === 'buy' && (held >= 0 || lots / 1000 > -held)) continue;
        rig.submit(i + 1, i + 1, `${side} ${lots / 1000} market tif=ioc ${word ?? 'x'}=1`);
        script[i] = ({ desk }) => {
          desk.submit({
            side: side === 'buy' ? 'buy' : 'sell',
            type: 'market',
            lots,
            timeInForce: 'ioc',
            reduceOnly: word === 'reduce',
          });
        };
      }
      // The venue judges a short sale at once where it knows a price, the back-tester only when it fills.
      fc.pre(!rig.lines.some((line) => line.includes('rejected')));
      const result = playScript(columnsOfRows(rows), script, {
        instrument: MARGIN,
        cash: '10000',
        feeBps: '10',
        profiles: { limits: 'default', costs: 'default' },
      });
      expect(fillLines(result).length).toBe(rig.lines.filter((line) => line.includes(' fee ')).length);
      expect(result.openPosition).toBe(formatDecimal(balanceOf(rig.state(), 'position', BTC)));
      expect(result.finalCash).toBe(formatDecimal(balanceOf(rig.state(), 'cash', USDT)));
      expect(result.costs.interest).toBe(formatDecimal(balanceOf(rig.state(), 'interest', USDT)));
      compared += 1;
      if (rig.lines.some((line) => line.includes('liquidation'))) liquidated += 1;
    }),
    { numRuns: 1000 },
  );
  expect(compared).toBeGreaterThan(100);
  expect(liquidated).toBeGreaterThan(10);
});
