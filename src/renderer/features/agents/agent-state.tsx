import type { AgentView } from '#shared/contract/agents.ts';
import { useNames } from '../../app/use-names.ts';
import { Chip, type Tone } from '../../components/chip.tsx';

const TONE: Readonly<Record<AgentView['state'], Tone>> = {
  trading: 'accent',
  waiting: 'neutral',
  retired: 'neutral',
  interrupted: 'warn',
};

export function AgentState({ agent }: { readonly agent: AgentView }) {
  const name = useNames();
  return (
    <Chip tone={TONE[agent.state]} {...(agent.retiredWhy === null ? {} : { title: agent.retiredWhy })}>
      {name('agentStates', agent.state)}
    </Chip>
  );
}

/** It decides at the next candle. */
export const isAtWork = ({ state }: AgentView): boolean => state === 'trading' || state === 'waiting';
