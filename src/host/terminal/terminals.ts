import { z } from 'zod';
import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { READ_WAIT_MS } from '#shared/contract/terminal.ts';
import type { WorkerLike } from '../worker-like.ts';

/** What the terminal's process says. */
const said = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('drawn'), data: z.string() }),
  z.strictObject({ kind: z.literal('over'), why: z.string().max(400) }),
]);

/** Terminals of all windows together; each is a process of its own. */
const MOST_OPEN = 4;
/** Keys and sizes that came before the process was ready for them. */
const MOST_EARLY = 256;
/** Drawn and not yet read. A window that reads nothing for so long is gone. */
const MOST_UNREAD = 1_000_000;
const FORGOTTEN_MS = 60_000;

export type TerminalOptions = {
  /** Starts the process; undefined where this program brings none. */
  readonly fork: (() => WorkerLike) | undefined;
  readonly home: string;
  readonly randomId: () => string;
};

type Open = {
  readonly worker: WorkerLike;
  /** What the process is told once it has started, in order; null from then on. */
  early: object[] | null;
  unread: string;
  ended: string | null;
  wake: () => void;
  forget: ReturnType<typeof setTimeout> | undefined;
};

export type TerminalHandlers = Pick<
  AppHandlers,
  'terminal.open' | 'terminal.read' | 'terminal.write' | 'terminal.resize' | 'terminal.close'
>;

/** Keeps the terminals of the windows. `closeAll` ends their processes. */
export function createTerminals({ fork, home, randomId }: TerminalOptions): {
  readonly handlers: TerminalHandlers;
  readonly closeAll: () => void;
} {
  const open = new Map<string, Open>();
  const close = (id: string): void => {
    const terminal = open.get(id);
    if (terminal === undefined) return;
    open.delete(id);
    clearTimeout(terminal.forget);
    terminal.worker.kill();
    terminal.ended ??= 'the terminal was closed';
    terminal.wake();
  };
  const keep = (id: string, terminal: Open): void => {
    clearTimeout(terminal.forget);
    terminal.forget = setTimeout(() => close(id), READ_WAIT_MS + FORGOTTEN_MS).unref();
  };
  const known = (id: string): Open => {
    const terminal = open.get(id);
    if (terminal !== undefined) return terminal;
    throw new Fault('not_found', 'this terminal is not open any more', 'start it again');
  };

  const tell = (id: string, message: object): void => {
    const { worker, early } = known(id);
    if (early === null) return worker.postMessage(message);
    if (early.length >= MOST_EARLY)
      throw new Fault('refused', 'this terminal has not started yet', 'wait until it is drawn, then type');
    early.push(message);
  };

  const start = (columns: number, rows: number, screenReader: boolean): string => {
    if (fork === undefined)
      throw new Fault('unsupported', 'this engine brings no terminal for a window', 'use mt in a terminal of your own');
    if (open.size >= MOST_OPEN)
      throw new Fault('refused', `${MOST_OPEN} terminals are open already`, 'close the terminal of another window');
    const id = randomId();
    const terminal: Open = {
      worker: fork(),
      early: [],
      unread: '',
      ended: null,
      wake: () => undefined,
      forget: undefined,
    };
    open.set(id, terminal);
    keep(id, terminal);
    const end = (why: string): void => {
      terminal.ended ??= why;
      terminal.wake();
    };
    terminal.worker.onMessage((raw) => {
      const message = said.safeParse(raw).data;
      if (message === undefined) return;
      if (message.kind === 'ready') {
        terminal.worker.postMessage({ kind: 'start', home, columns, rows, screenReader });
        for (const told of terminal.early ?? []) terminal.worker.postMessage(told);
        terminal.early = null;
      } else if (message.kind === 'over') end(message.why);
      else if (terminal.unread.length + message.data.length > MOST_UNREAD) {
        terminal.worker.kill();
        end('the window took nothing of what was drawn');
      } else {
        terminal.unread += message.data;
        terminal.wake();
      }
    });
    terminal.worker.onExit((why) => end(`the process of the terminal ended: ${why}`));
    return id;
  };

  return {
    handlers: {
      'terminal.open': ({ columns, rows, screenReader }) => ({ id: start(columns, rows, screenReader) }),
      async 'terminal.read'({ id }) {
        const terminal = known(id);
        keep(id, terminal);
        if (terminal.unread === '' && terminal.ended === null) {
          await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, READ_WAIT_MS);
            terminal.wake = () => {
              clearTimeout(timer);
              resolve();
            };
          });
        }
        const { unread: data, ended } = terminal;
        terminal.unread = '';
        if (ended !== null) close(id);
        return { data, ended };
      },
      'terminal.write'({ id, data }) {
        tell(id, { kind: 'typed', data });
        return {};
      },
      'terminal.resize'({ id, columns, rows }) {
        tell(id, { kind: 'size', columns, rows });
        return {};
      },
      'terminal.close'({ id }) {
        close(id);
        return {};
      },
    },
    closeAll() {
      for (const id of Array.from(open.keys())) close(id);
    },
  };
}
