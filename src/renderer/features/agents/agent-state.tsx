import type { AgentView } from '#shared/contract/agents.ts';
import { shownState } from '#shared/format/names.ts';
import { useNames } from '../../app/use-names.ts';
import { Chip, type Tone } from '../../components/chip.tsx';

const TONE: Readonly<Record<ReturnType<typeof shownState>, Tone>> = {
  trading: 'accent',
  waiting: 'neutral',
  paused: 'warn',
  retired: 'neutral',
  interrupted: 'warn',
};

export function AgentState({ agent }: { readonly agent: AgentView }) {
  const name = useNames();
  const state = shownState(agent);
  const why = agent.retiredWhy ?? agent.paused?.why;
  return (
    <Chip tone={TONE[state]} {...(why === undefined ? {} : { title: why })}>
      {name('agentStates', state)}
    </Chip>
  );
}

/** It decides at the next candle. */
export const isAtWork = ({ state }: AgentView): boolean => state === 'trading' || state === 'waiting';
