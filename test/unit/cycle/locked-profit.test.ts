import { describe, expect, it } from 'vitest';
import type { TradingAccount } from '#core/cycle/account.ts';
import { createDeskRisk } from '#core/cycle/desk-risk.ts';
import { reserving } from '#core/cycle/reserving.ts';
import { compare, formatDecimal, isPositive, parseDecimal, subtract } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { price } from '#core/domain/money.ts';
import { createExecution } from '#core/execution/execution.ts';
import { createSimulatedVenue } from '#core/execution/simulated-venue.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import { candleAt, seriesOfColumns, sliceColumns } from '#core/market/candle-columns.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';
import { approvals } from '#core/risk/seal.ts';
import { sha256 } from '../../support/candle-builders.ts';
import { changingMarket } from '../../support/family-markets.ts';
import { simulatedInstrument } from '../../support/instruments.ts';
import { AGENT, approve, at, instrument as BTC, entryOrder } from '../../support/trading-builders.ts';
import { accountOf, deskOn } from '../pitfalls/desk-rig.ts';

const HOUR = 3_600_000;
const WARM = 40;
const instrument = simulatedInstrument('BTC/USDT');

/** An account on which this much is locked, as if it had been earned. */
function withLocked(cash: string, locked: string): TradingAccount {
  const account = accountOf(cash, unixMs(0));
  const amount = parseDecimal(locked);
  if (!isPositive(amount)) return account;
  const policy = { share: parseDecimal('1'), threshold: parseDecimal('0') };
  account.profitLock.note({ kind: 'policy', policy, water: parseDecimal('0') });
  account.profitLock.note({ kind: 'locked', amount, water: amount });
  return account;
}

/** Buys and sells in turn, as large as it may; answers every order and verdict, and the least cash that there ever was. */
function lifeOn(account: TradingAccount, seed: number) {
  const columns = changingMarket(400, seed);
  const timeOf = (index: number) => unixMs((columns.openTime[index] as number) + HOUR);
  let least = account.cash();
  const rig = deskOn({
    name: `locked ${seed}`,
    instrument,
    interval: '1h',
    at: timeOf(WARM),
    account,
    envelope: { maxNotionalFraction: '1', riskPerTrade: '0.02', dayLoss: '0.05' },
  });
  for (let index = WARM; index < columns.length; index++) {
    rig.desk.onCandle(candleAt(columns, index));
    if (compare(account.cash(), least) < 0) least = account.cash();
    const series = seriesOfColumns(sliceColumns(columns, Math.max(0, index - 60), index + 1));
    if (index % 12 === 0) rig.enter(series, timeOf(index));
    if (index % 12 === 7) rig.desk.flatten('because', timeOf(index));
  }
  const said = rig.records.filter(({ type }) => type.startsWith('order.') || type === 'risk.approved');
  const denied = rig.records.flatMap(({ type, payload }) =>
    type === 'risk.denied' ? [(payload as { readonly check: string }).check] : [],
  );
  return { said, denied, least, fills: rig.desk.fills() };
}

describe('locked profit', () => {
  it.each([1, 2, 3, 4])('is traded as if it were not on the account: market %i', (seed) => {
    const locked = lifeOn(withLocked('16000', '6000'), seed);
    const without = lifeOn(withLocked('10000', '0'), seed);
    expect(locked.fills).toBeGreaterThan(10);
    expect(locked.said).toEqual(without.said);
    expect(locked.denied).toEqual(without.denied);
    // Nor is it ever spent, not even for a moment.
    expect(compare(locked.least, parseDecimal('6000'))).toBeGreaterThan(0);
    expect(formatDecimal(subtract(locked.least, without.least))).toBe('6000');
  });

  it('leaves nothing to trade with when all of it is locked', () => {
    const account = withLocked('10000', '10000');
    const { fills, denied } = lifeOn(account, 1);
    expect(fills).toBe(0);
    expect(new Set(denied)).toEqual(new Set(['sizing']));
    expect(formatDecimal(account.cash())).toBe('10000');
  });

  it('is in nothing that the gate and the reservations of an account look at', () => {
    const account = withLocked('10000', '9000');
    const ids = createIdFactory(sha256, 'view');
    const execution = createExecution({
      venue: createSimulatedVenue({
        instrument: BTC,
        feeBps: parseDecimal('10'),
        halfSpreadBps: parseDecimal('0'),
        ids,
      }),
      ids,
      approvals,
      record: () => undefined,
      instruments: [BTC],
      onFill: () => undefined,
    });
    const risk = createDeskRisk({
      ports: { tradingState: () => 'active', allowedInstruments: [BTC.id] },
      limits: () => DEFAULT_LIMITS,
      instrument: BTC,
      rulesAt: () => BTC,
      interval: '1h',
      feeBps: parseDecimal('10'),
      account,
      execution,
      agentId: AGENT,
      startEquity: account.equity(),
      holding: () => false,
    });
    const { spec } = deskOn({ name: 'view', instrument: BTC, interval: '1h', at: at(0), account });
    const mark = { price: price('100'), at: at(1), atr: 1 };
    const view = risk.view(entryOrder(1, '0.1', { stop: '99' }), mark, at(1), spec);
    const shown = [view.equity, view.cash, view.peakEquity, view.dayStartEquity, view.agentStartEquity];
    expect([...shown, risk.taken().cash].map(formatDecimal)).toEqual(Array.from({ length: 6 }, () => '1000'));
    // The reservation is the last word: 11 units are worth 1100, of which the account has 10000, and 1000 that may be used.
    const wide = { ...DEFAULT_LIMITS, maxGrossFraction: parseDecimal('9'), maxSymbolFraction: parseDecimal('9') };
    const order = entryOrder(2, '11', { stop: '99.99' });
    const passed = { kind: 'approved', order: approve(order), checks: [] } as const;
    const verdict = reserving(AGENT, account, () => ({ ...wide, maxOpenRisk: parseDecimal('9') }))(passed, order, view);
    expect(verdict).toMatchObject({ kind: 'denied', reason: expect.stringMatching(/^the cash .* 1000 is allowed$/) });
  });
});
