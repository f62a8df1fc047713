import { add, negate, ZERO } from '../../domain/decimal.ts';
import { price as priceOf, quantity } from '../../domain/money.ts';
import { DEFAULT_LIMITS } from '../../risk/risk-limits.ts';
import type { RiskView } from '../../risk/types.ts';
import type { ColumnDeskParts } from './column-desk.ts';
import { worstFeeBps } from './conditions.ts';

/** What the gate is shown: a plain family has no limits of its own, only the account's. */
export function riskViewOf({ market, account, books, now }: ColumnDeskParts): RiskView {
  const { ts, mark } = now();
  const { instrument, fees } = market;
  const equity = account.equity();
  const held = books.held();
  return {
    now: ts,
    tradingState: 'active',
    reconciled: true,
    instrument,
    allowedInstruments: [instrument.id],
    envelope: {
      riskPerTrade: '1',
      maxNotionalFraction: '1',
      stopAtr: '1',
      targetAtr: '1',
      maxPositions: 1,
      dayLoss: '1',
      allowShort: instrument.margin !== undefined,
    },
    envelopeExpiresAt: ts,
    referencePrice: priceOf(mark),
    dataAgeMs: 0,
    maxDataAgeMs: 0,
    equity,
    cash: add(account.cash(), negate(account.reserved())),
    peakEquity: equity,
    dayStartEquity: equity,
    agentStartEquity: equity,
    openPositions: held.units === 0n ? 0 : 1,
    heldQuantity: quantity(held.units < 0n ? ZERO : held),
    grossExposure: ZERO,
    openOrders: 0,
    ordersLastMinute: 0,
    ordersLastSecond: 0,
    repeatsLastMinute: 0,
    recentIntents: [],
    ownOrders: [],
    symbolExposure: ZERO,
    openOrderNotional: ZERO,
    limits: DEFAULT_LIMITS,
    access: { mode: 'full', lock: 'open' },
    dataFault: null,
    atr: ZERO,
    venue: 'simulated',
    feeBps: worstFeeBps(fees),
  };
}
