import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, formatDecimal, parseDecimal, subtract, sum } from '#core/domain/decimal.ts';
import { openStatus } from '#shared/contract/engine.ts';
import { moneyText } from '#shared/format/figures.ts';
import { trayTooltip } from '../../src/main/tray-menu.ts';
import { wordsIn } from '../../src/main/words.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
beforeAll(async () => {
  engine = await startTestEngine();
});
afterAll(() => engine.close());

const d = parseDecimal;
const ask = async () => {
  const { handlers } = engine.engine;
  const [performance, portfolio, status] = [
    await handlers['performance.get']({ account: 'simulated', days: null }),
    await handlers['portfolio.get']({}),
    openStatus(await handlers['engine.status']({})),
  ];
  return { performance, portfolio, status };
};

/** Every face at this moment, and the parts of the result. */
async function oneTruth(): Promise<string> {
  const { performance, portfolio, status } = await ask();
  const { total } = performance.pnl;
  expect(portfolio.pnl).toEqual(performance.pnl);
  expect(formatDecimal(subtract(d(portfolio.equity), d(portfolio.startingEquity)))).toBe(total);
  expect(status.totalPnl).toBe(total);
  expect(trayTooltip({ status: status, approvals: [] }, wordsIn('en'))).toContain(
    moneyText(total, 'USDT', { sign: 'always' }),
  );
  expect(performance.result).toBe(total);
  for (const parts of [performance.days, performance.months, performance.by.agent, performance.by.symbol])
    expect(formatDecimal(sum(parts.map(({ result }) => d(result))))).toBe(total);
  const { realised, unrealised, fees } = performance.pnl;
  expect(formatDecimal(subtract(add(d(realised), d(unrealised)), d(fees)))).toBe(total);
  return total;
}

describe('profit and loss', () => {
  it('is the same to the last digit in every face, through agents, orders by hand, a profit lock and a restart', async () => {
    expect(await oneTruth()).toBe('0');
    await engine.engine.handlers['portfolio.set_profit_lock']({ share: '0.5', threshold: '1' });
    await engine.press();
    const earned = await oneTruth();
    expect(earned).not.toBe('0');
    expect(Number((await engine.engine.handlers['portfolio.profit']({})).locked)).toBeGreaterThan(0);

    const price = Number((await ask()).portfolio.positions[0]?.lastPrice);
    await engine.engine.handlers['orders.place']({
      account: 'simulated',
      instrument: 'BTC/USDT',
      side: 'buy',
      quantity: '0.002',
      stop: (price * 0.98).toFixed(2),
    });
    await oneTruth();
    const holding = (await ask()).performance;
    expect(holding.by.agent.map(({ key }) => key)).toContain('by hand');
    expect(holding.pnl.unrealised === '0' && holding.pnl.realised === earned).toBe(false);

    await engine.press({ instrument: 'ETH/USDT' });
    await oneTruth();
    const { realised, fees } = (await ask()).performance.pnl;
    engine = await engine.reopen();
    await oneTruth();
    // A restart may value what is held anew; what was sold and paid stays.
    const after = (await ask()).performance;
    expect(after.pnl).toMatchObject({ realised, fees });
    expect(after.figures.trades).toBeGreaterThan(0);
  });

  it('says of an account that has no history which ones there are', async () => {
    await expect(async () =>
      engine.engine.handlers['performance.get']({ account: 'paper on nowhere', days: null }),
    ).rejects.toThrow('there is no account paper on nowhere');
  });
});
