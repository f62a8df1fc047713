import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';

type TerminalHandlers = Pick<
  AppHandlers,
  'terminal.open' | 'terminal.read' | 'terminal.write' | 'terminal.resize' | 'terminal.close'
>;

/** A terminal that echoes what is typed, and ends on `!end`. */
export function scriptedTerminal(): TerminalHandlers {
  let unread = 'MASTER TRADER  ◧ SIMULATED\nready\n';
  let ended: string | null = null;
  let wake: () => void = () => undefined;
  return {
    'terminal.open': () => {
      ended = null;
      unread = 'MASTER TRADER  ◧ SIMULATED\nready\n';
      return { id: 'ab'.repeat(16) };
    },
    async 'terminal.read'() {
      if (unread === '' && ended === null) await new Promise<void>((resolve) => (wake = resolve));
      const data = unread;
      unread = '';
      return { data, ended };
    },
    'terminal.write'({ data }) {
      if (data === 'no') throw new ContractError({ code: 'rejected', reason: 'not_found', message: 'gone' });
      unread += `typed ${data}\n`;
      if (data === '!') ended = 'the process of the terminal ended: by a test';
      wake();
      return {};
    },
    'terminal.resize': () => ({}),
    'terminal.close': () => {
      wake();
      return {};
    },
  };
}
