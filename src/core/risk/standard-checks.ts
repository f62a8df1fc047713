import { agentDayLoss } from './checks/agent-day-loss.ts';
import { buyingPower } from './checks/buying-power.ts';
import { dailyLoss } from './checks/daily-loss.ts';
import { dataFresh } from './checks/data-fresh.ts';
import { drawdownBudget } from './checks/drawdown-budget.ts';
import { duplicate } from './checks/duplicate.ts';
import { duplicateIntent } from './checks/duplicate-intent.ts';
import { envelopeExpired } from './checks/envelope-expired.ts';
import { grossExposure } from './checks/gross-exposure.ts';
import { hasProtectiveStop } from './checks/has-protective-stop.ts';
import { instrumentAllowed } from './checks/instrument-allowed.ts';
import { lotAndTick } from './checks/lot-and-tick.ts';
import { maxNotional } from './checks/max-notional.ts';
import { messageRate } from './checks/message-rate.ts';
import { minNotional } from './checks/min-notional.ts';
import { modeAndLock } from './checks/mode-and-lock.ts';
import { openOrderCount } from './checks/open-order-count.ts';
import { openOrderNotional } from './checks/open-order-notional.ts';
import { orderSize } from './checks/order-size.ts';
import { positionCount } from './checks/position-count.ts';
import { priceCollar } from './checks/price-collar.ts';
import { reconciled } from './checks/reconciled.ts';
import { reduceOnlySize } from './checks/reduce-only-size.ts';
import { rewardCoversCosts } from './checks/reward-covers-costs.ts';
import { riskPerTrade } from './checks/risk-per-trade.ts';
import { selfCross } from './checks/self-cross.ts';
import { shortNotAllowed } from './checks/short-not-allowed.ts';
import { stopTightens } from './checks/stop-tightens.ts';
import { symbolExposure } from './checks/symbol-exposure.ts';
import { tradingState } from './checks/trading-state.ts';
import type { RiskCheck } from './types.ts';

/**
 * Every check of the gate, in the order in which they run: the state of the engine and of its data, what the venue would refuse, the price,
 * the size (of the account first, then of the agent's envelope), the counts and rates, what was asked before, the budgets, and last what
 * makes the order possible at all. An order that only reduces passes whatever merely limits new risk.
 */
export const standardChecks: readonly RiskCheck[] = [
  modeAndLock,
  tradingState,
  reconciled,
  dataFresh,
  instrumentAllowed,
  lotAndTick,
  minNotional,
  priceCollar,
  orderSize,
  symbolExposure,
  grossExposure,
  hasProtectiveStop,
  rewardCoversCosts,
  riskPerTrade,
  maxNotional,
  buyingPower,
  positionCount,
  openOrderCount,
  openOrderNotional,
  messageRate,
  selfCross,
  duplicate,
  duplicateIntent,
  dailyLoss,
  agentDayLoss,
  drawdownBudget,
  envelopeExpired,
  reduceOnlySize,
  shortNotAllowed,
];

/** What a stop has to pass that takes the place of another: everything that any order has to, and that it only makes the risk smaller. */
export const tighteningChecks: readonly RiskCheck[] = [...standardChecks, stopTightens];
