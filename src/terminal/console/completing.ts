import { type Completed, complete } from '#shared/commands/complete.ts';
import { commands } from '#shared/commands/registry.ts';
import type { ConsoleState } from './state.ts';
import { VIEWS } from './views.ts';

/** How a typed line may go on: views by their names, then commands with their arguments. */
export function completionOf(state: Pick<ConsoleState, 'agents' | 'instruments'>, text: string): Completed {
  const runs = state.agents.map(({ agentId }) => agentId);
  const { completions, ghost } = complete(text, commands, {
    INSTRUMENT: state.instruments,
    RUN: runs,
    ID: runs,
  });
  const typed = text.trim();
  const views =
    typed === ''
      ? []
      : VIEWS.filter(({ name }) => name.startsWith(typed) && !completions.some(({ label }) => label === name)).map(
          ({ name }) => ({ line: name, label: name, summary: `Show the view ${name}` }),
        );
  const first = views[0];
  return {
    completions: [...views, ...completions],
    ghost: ghost !== '' || first === undefined ? ghost : first.line.slice(typed.length),
  };
}
