import { familyOf } from '#core/agent/family-registry.ts';
import { columnFamilyOf } from '#core/backtest/column-families.ts';
import { isAgentFamily } from '#core/backtest/run-backtest.ts';
import { regimesOf } from '#core/spawner/choose-family.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { LabFamilyView } from '#shared/contract/lab.ts';
import type { StrategyView } from '#shared/contract/strategies.ts';
import { labFamilies } from '../lab/families.ts';

/** What the families say about themselves. */
export const strategyHandlers: Pick<AppHandlers, 'strategies.list'> = {
  'strategies.list': () => labFamilies().map(strategyViewOf),
};

/** A family as a person chooses it. */
export function strategyViewOf({ name, summary, limits, costs, parameters }: LabFamilyView): StrategyView {
  // By name: what the lab knows besides is code and no answer.
  const view = { name, summary, limits, costs, parameters };
  // The yardstick is played by the lab alone; no agent is made from it.
  if (!isAgentFamily(name)) {
    const yardstick = columnFamilyOf(name);
    const warmUp = yardstick.warmUp(yardstick.defaults);
    return { ...view, notWhen: yardstick.notWhen, needs: null, parts: 1, warmUp, regimes: [] };
  }
  const family = familyOf(name);
  return {
    ...view,
    notWhen: family.notWhen,
    needs: family.needs ?? null,
    parts: family.tranches?.(family.defaults) ?? 1,
    warmUp: family.warmUp(family.defaults),
    regimes: [...regimesOf(name)],
  };
}
