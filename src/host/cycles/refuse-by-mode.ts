import { mayAct } from '#core/automation/mode-table.ts';
import type { Asker, Mode } from '#core/automation/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';
import { askedByHand } from '../access/asked-by-hand.ts';

/** Who spawns: whoever fills in the form does it himself; what a judgement calls for is an agent's wish. */
export const spawnerOf = (chosen: { readonly by: 'master' | 'program' } | undefined): Asker => chosen?.by ?? 'agent';

/** Refuses a press that the mode does not let become an agent, and says what it does let. */
export function refuseByMode(mode: Mode, { chosen }: Pick<CycleRequest, 'chosen'>): void {
  const by = spawnerOf(chosen === undefined ? undefined : { by: askedByHand() });
  if (mayAct('spawn', mode, by) !== 'no') return;
  throw new Fault(
    'refused',
    by === 'program'
      ? `in mode ${mode} the master alone starts an agent, and a token is not his hand`
      : `in mode ${mode} no agent takes new risk, so none is spawned`,
    'choose the agent yourself (mt spawn --family NAME, or Choose yourself in the window), look without spawning (mt analyse), order by hand (mt order buy), or change the mode (mt mode semi --reason "...")',
  );
}
