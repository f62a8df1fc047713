import { impactOf } from '#core/automation/brief-limits.ts';
import { atWork } from '#core/cycle/account.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { budgetOf, type ChosenLimits, LEAST_BARS, mostOf } from '#core/spawner/chosen.ts';
import { buildEnvelope } from '#core/spawner/envelope.ts';
import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import type { AgentDraft } from '#shared/contract/agents.ts';
import { type CycleRequest, cycleRequest } from '#shared/contract/cycle.ts';
import { openCycleMarket } from '../cycle-market.ts';
import type { CycleMarket } from '../cycle-terms.ts';
import { strategyViewOf } from '../handlers/strategies.ts';
import { labFamily } from '../lab/families.ts';
import { newsOfMarket } from '../news/market-news.ts';
import { drawdownOf } from '../paper/paper-view.ts';
import type { EngineParts } from '../parts.ts';
import { chosenAgent } from './chosen-agent.ts';

export type DraftRequest = Pick<CycleRequest, 'instrument' | 'interval' | 'market' | 'cash' | 'seed' | 'at'> & {
  readonly chosen: NonNullable<CycleRequest['chosen']>;
};

/** What a choice would become, on the account that it would trade. Throws what `cycle.start` would throw of it. */
export async function draftAgent({ chosen, ...on }: DraftRequest, parts: EngineParts): Promise<AgentDraft> {
  const market = await openCycleMarket(cycleRequest.parse(on), parts, 'look');
  try {
    return draftOn(market, chosen, parts);
  } finally {
    await market.close?.();
  }
}

function draftOn(market: CycleMarket, wanted: DraftRequest['chosen'], parts: EngineParts): AgentDraft {
  const { account, instrument, interval, environment } = market;
  const news = newsOfMarket(parts.storage.news, market.market.kind, instrument.base) !== undefined;
  const { family, parameters, limits, parent } = chosenAgent(wanted, { parts, account, news });
  const { equity } = atWork(account);
  const { maxBars, ...bounds } = limits;
  const { envelope } = buildEnvelope(DEFAULT_SPAWN_POLICY, 1, { factor: '1' });
  const inMoney = ({ maxNotionalFraction, ...rest }: ChosenLimits): AgentDraft['limits'] => ({
    budget: budgetOf(maxNotionalFraction, equity),
    ...rest,
  });
  return {
    instrument: instrument.symbol,
    interval,
    environment,
    strategy: strategyViewOf(labFamily(family)),
    spec: {
      family,
      parameters: { ...parameters },
      envelope: { ...envelope, ...bounds },
      lifespan: { maxBars, expiresAt: market.clock.now() + maxBars * INTERVAL_MS[interval] },
    },
    limits: { ...inMoney(limits), ...(wanted.limits.budget === undefined ? {} : { budget: wanted.limits.budget }) },
    most: inMoney(mostOf(DEFAULT_SPAWN_POLICY, parts.limitBook.limits())),
    leastBars: LEAST_BARS,
    impact: impactOf(
      { ...limits, maxPositions: envelope.maxPositions },
      {
        asset: account.asset,
        equity,
        drawdown: parseDecimal(drawdownOf(account)),
        drawdownBudget: parts.limitBook.limits().maxDrawdown,
        dayLoss: limits.dayLoss,
      },
    ),
    parent: parent?.agentId ?? null,
  };
}
