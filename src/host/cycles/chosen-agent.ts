import { familyOf } from '#core/agent/family-registry.ts';
import type { TradingAccount } from '#core/cycle/account.ts';
import { atWork } from '#core/cycle/account.ts';
import { FAMILIES } from '#core/domain/strategy.ts';
import { Fault } from '#core/kernel/fault.ts';
import { type ChosenAgent, type ChosenLimits, chosenLimits, mostOf, noMore } from '#core/spawner/chosen.ts';
import { DEFAULT_SPAWN_POLICY } from '#core/spawner/policy.ts';
import type { AgentSpec } from '#core/spawner/types.ts';
import type { ChosenAgentInput } from '#shared/contract/chosen-agent.ts';
import { askedByHand } from '../access/asked-by-hand.ts';
import { labFamily } from '../lab/families.ts';
import type { EngineParts } from '../parts.ts';
import { findAgent } from './find-agent.ts';

export type ChoiceOn = {
  readonly parts: Pick<EngineParts, 'limitBook' | 'storage'>;
  readonly account: TradingAccount;
  /** Whether news are followed on this market. */
  readonly news: boolean;
};

/**
 * The choice as it is recorded: every parameter within what its family declares, every limit within what an agent may have. Throws a Fault that
 * names what is outside and its bounds; nothing has begun then.
 */
export function chosenAgent(wanted: ChosenAgentInput, { parts, account, news }: ChoiceOn): ChosenAgent {
  const parent = wanted.parent === undefined ? undefined : findAgent(parts.storage.journal, wanted.parent);
  const name = wanted.family ?? parent?.spec.family;
  if (name === undefined)
    throw new Fault('usage', 'no strategy family is chosen', `choose one of: ${FAMILIES.join(', ')}`);
  const family = familyOf(name);
  if (family.needs === 'news' && !news)
    throw new Fault(
      'refused',
      `${name} needs news, and none are followed on this market`,
      'choose another family, or a market that news are followed of (mt news sources)',
    );
  const inherited = parent?.spec.family === name ? parent.spec.parameters : {};
  const most = mostOf(DEFAULT_SPAWN_POLICY, parts.limitBook.limits());
  return {
    family: family.name,
    parameters: labFamily(name).complete({ ...inherited, ...wanted.parameters }),
    limits: chosenLimits(wanted.limits, {
      most,
      usual: parent === undefined ? most : noMore(chosenOf(parent.spec), most),
      equity: atWork(account).equity,
      asset: account.asset,
    }),
    by: askedByHand(),
    ...(parent === undefined ? {} : { parent: { agentId: parent.agentId, spec: parent.spec.hash } }),
  };
}

const chosenOf = ({ envelope, lifespan }: AgentSpec): ChosenLimits => ({
  riskPerTrade: envelope.riskPerTrade,
  maxNotionalFraction: envelope.maxNotionalFraction,
  dayLoss: envelope.dayLoss,
  maxBars: lifespan.maxBars,
});
