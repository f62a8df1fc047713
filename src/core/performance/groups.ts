import { add, type Decimal, subtract, toFloat, ZERO } from '../domain/decimal.ts';
import type { Estimate } from '../statistics/figure.ts';
import { meanWithInterval } from '../statistics/trade-metrics.ts';
import { shareOf } from '../statistics/wilson.ts';
import { symbolOf } from './account-events.ts';
import type { ClosedTrade, Owner } from './types.ts';
import type { Share } from './walk.ts';

export type GroupBy = 'agent' | 'regime' | 'symbol' | 'family';

/** What one agent, regime, instrument or family made, open results included. */
export type Group = {
  readonly key: string;
  readonly result: Decimal;
  readonly trades: number;
  readonly winRate: Estimate;
  /** Mean result in multiples of the planned risk, of the trades that had a plan. */
  readonly expectancyR: Estimate;
};

/** The group of whatever no agent did. */
export const BY_HAND = 'by hand';

const keyOf = (by: GroupBy, owner: Owner, symbol: string): string =>
  by === 'symbol'
    ? symbol
    : ((by === 'agent' ? owner.agentId : by === 'regime' ? owner.regime : owner.family) ?? BY_HAND);

/** From the shares at the beginning and at the end of the time, the best result first. They add up to the result of the account. */
export function groupsOf(
  by: GroupBy,
  before: readonly Share[],
  after: readonly Share[],
  trades: readonly ClosedTrade[],
): readonly Group[] {
  const results = new Map<string, Decimal>();
  const count = ({ owner, instrumentId, total }: Share, sign: 1 | -1): void => {
    const key = keyOf(by, owner, symbolOf(instrumentId));
    const known = results.get(key) ?? ZERO;
    results.set(key, sign === 1 ? add(known, total) : subtract(known, total));
  };
  for (const share of after) count(share, 1);
  for (const share of before) count(share, -1);
  const closed = new Map<string, ClosedTrade[]>();
  for (const trade of trades) {
    const key = keyOf(by, trade.owner, symbolOf(trade.instrumentId));
    closed.set(key, [...(closed.get(key) ?? []), trade]);
  }
  return [...results]
    .map(([key, result]): Group => {
      const own = closed.get(key) ?? [];
      const multiples = own.flatMap(({ net, risk }) => (risk === null || !(risk > 0) ? [] : [toFloat(net) / risk]));
      return {
        key,
        result,
        trades: own.length,
        winRate: shareOf(own.filter(({ net }) => net.units > 0n).length, own.length, 'trades'),
        expectancyR: meanWithInterval(multiples, 'trades with a plan'),
      };
    })
    .filter(({ result, trades: n }) => n > 0 || result.units !== 0n)
    .toSorted((a, b) => toFloat(subtract(b.result, a.result)) || a.key.localeCompare(b.key, 'en'));
}
