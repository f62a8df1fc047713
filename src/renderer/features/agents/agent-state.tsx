import type { AgentView } from '#shared/contract/agents.ts';
import { agentStateName } from '#shared/format/names.ts';
import { Chip, type Tone } from '../../components/chip.tsx';

const TONE: Readonly<Record<AgentView['state'], Tone>> = {
  trading: 'accent',
  waiting: 'neutral',
  retired: 'neutral',
  interrupted: 'warn',
};

export function AgentState({ agent }: { readonly agent: AgentView }) {
  return (
    <Chip tone={TONE[agent.state]} {...(agent.retiredWhy === null ? {} : { title: agent.retiredWhy })}>
      {agentStateName(agent.state)}
    </Chip>
  );
}
