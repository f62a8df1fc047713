import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { ChosenAgentInput } from '#shared/contract/chosen-agent.ts';

type ChosenFlags = Pick<ArgsOf<'agents.clone'>, 'set' | 'brief'> &
  Partial<Pick<ArgsOf<'agents.clone'>, 'budget' | 'risk' | 'dayLoss' | 'candles'>>;

/** The flags as the contract wants them. */
const choice = ({ set, budget, risk, dayLoss, candles }: ChosenFlags) => ({
  parameters: set,
  limits: {
    ...(budget === undefined ? {} : { budget }),
    ...(risk === undefined ? {} : { riskPerTrade: risk }),
    ...(dayLoss === undefined ? {} : { dayLoss }),
    ...(candles === undefined ? {} : { maxBars: candles }),
  },
});

/** What of a press was chosen by hand; undefined where the judgement chooses. Throws Fault `usage` on a choice without a family. */
export function chosenBy(args: ArgsOf<'spawn'>): ChosenAgentInput | undefined {
  const { family } = args;
  if (family !== undefined) return { family, ...choice(args) };
  const said = [
    ...(Object.keys(args.set).length === 0 ? [] : ['--set']),
    ...(args.budget === undefined ? [] : ['--budget']),
    ...(args.risk === undefined ? [] : ['--risk']),
    ...(args.dayLoss === undefined ? [] : ['--day-loss']),
    ...(args.candles === undefined ? [] : ['--candles']),
    ...(args.brief ? ['--brief'] : []),
  ];
  if (said.length === 0) return undefined;
  throw new Fault(
    'usage',
    `${said.join(' and ')} ${said.length === 1 ? 'is' : 'are'} about an agent that you choose, and no family is named`,
    'name one with --family (mt strategies ls)',
  );
}

/** An agent like an earlier one, changed where the flags say so. */
export const chosenAfter = (parent: string, args: ChosenFlags): ChosenAgentInput => ({ parent, ...choice(args) });
