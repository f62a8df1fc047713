import type { AgentView } from '#shared/contract/agents.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { StrategyView } from '#shared/contract/strategies.ts';
import { NOW } from './sample-market.ts';

const EQUITY = 10_000;
const MOST = { budget: '2500', riskPerTrade: '0.005', dayLoss: '0.01', maxBars: 48 };

/** The brief of a chosen agent as an engine would give it; `missing` refuses as the engine does. */
export const scriptedDraft = (
  strategies: () => readonly StrategyView[],
  agents: () => readonly AgentView[],
  missing: (message?: string) => never,
): Pick<AppHandlers, 'agents.draft'> => ({
  'agents.draft': ({ instrument, interval, chosen }) => {
    const parent = agents().find(({ agentId }) => agentId === chosen.parent);
    const family = chosen.family ?? strategies().find(({ name }) => name === parent?.family)?.name ?? 'mean-reversion';
    const strategy = strategies().find(({ name }) => name === family) ?? missing(`there is no strategy ${family}`);
    const usual = parent === undefined ? MOST : { ...MOST, budget: '1800', maxBars: 24 };
    const limits = {
      budget: chosen.limits.budget ?? usual.budget,
      riskPerTrade: chosen.limits.riskPerTrade ?? usual.riskPerTrade,
      dayLoss: chosen.limits.dayLoss ?? usual.dayLoss,
      maxBars: chosen.limits.maxBars ?? usual.maxBars,
    };
    const { maxBars } = limits;
    if (Number(limits.budget) > EQUITY / 4)
      missing(`the budget of ${limits.budget} USDT is not above 0 and at most ${MOST.budget} USDT`);
    const defaults = Object.fromEntries(strategy.parameters.map(({ name, usual: value }) => [name, value]));
    const risk = Number(limits.riskPerTrade);
    const day = Number(limits.dayLoss) + risk;
    return {
      instrument: instrument ?? 'BTC/USDT',
      interval: interval ?? '5m',
      environment: 'simulated',
      strategy,
      spec: {
        family: family as 'mean-reversion',
        parameters: { ...defaults, ...chosen.parameters },
        envelope: {
          riskPerTrade: limits.riskPerTrade,
          maxNotionalFraction: String(Number(limits.budget) / EQUITY),
          stopAtr: '2',
          targetAtr: '3',
          maxPositions: 1,
          dayLoss: limits.dayLoss,
          allowShort: false,
        },
        lifespan: { maxBars, expiresAt: NOW + maxBars * 300_000 },
      },
      limits,
      most: MOST,
      leastBars: 2,
      impact: {
        asset: 'USDT',
        equity: String(EQUITY),
        exposure: limits.budget,
        exposureFraction: String(Number(limits.budget) / EQUITY),
        worstTrade: (EQUITY * risk).toFixed(2),
        worstTradeFraction: limits.riskPerTrade,
        worstDay: (EQUITY * day).toFixed(2),
        worstDayFraction: String(day),
        drawdown: '0',
        drawdownAfter: String(day),
        drawdownBudget: '0.05',
      },
      parent: parent?.agentId ?? null,
    };
  },
});
