import type { TradingAccount } from '#core/cycle/account.ts';
import { decimal, divide, formatDecimal, isPositive, subtract } from '#core/domain/decimal.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import type { PaperAccount } from './paper-accounts.ts';

const FRACTION_SCALE = 8;
const BPS_DECIMALS = 2;
const LONGEST_WHY = 400;

/** Loss since the highest equity, as a fraction of it. */
export function drawdownOf(account: TradingAccount): string {
  const peak = account.peakEquity();
  if (!isPositive(peak)) return '0';
  return formatDecimal(divide(subtract(peak, account.equity()), peak, FRACTION_SCALE, 'half-up'));
}

export function paperView({ identity, name, account, compared }: PaperAccount): EngineStatus['paper'][number] {
  const { orders, sumBps } = compared;
  return {
    name,
    environment: identity.environment,
    venue: identity.venue,
    standIn: identity.standIn,
    quoteAsset: identity.asset,
    equity: formatDecimal(account.equity()),
    cash: formatDecimal(account.cash()),
    drawdownFraction: drawdownOf(account),
    compared: orders,
    averageSlippageBps:
      orders === 0 ? null : formatDecimal(divide(sumBps, decimal(BigInt(orders)), BPS_DECIMALS, 'half-up')),
  };
}

/** Labelled for as long as a cycle trades them, so that nobody takes them for the simulated market. */
export function livePricesView(runner: CycleRunner): EngineStatus['livePrices'] {
  const view = runner
    .running()
    .map((live) => live.view())
    .findLast(({ environment: on }) => on !== 'simulated');
  if (view === undefined) return null;
  const { environment, marketSource, instrument, interval } = view;
  return {
    environment,
    label: `${instrument} ${interval}, ${marketSource}`,
    trouble: runner.trouble(view.cycle)?.slice(0, LONGEST_WHY) ?? null,
  };
}
