import type { AppClient } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { type ViewError, viewError } from './loaded.ts';

export type TerminalSize = { readonly columns: number; readonly rows: number };

/** A terminal of the engine, drawn here. */
export type TerminalLink = {
  readonly type: (data: string) => void;
  readonly resize: (size: TerminalSize) => void;
  readonly close: () => void;
};

export type TerminalLinkOptions = {
  readonly client: AppClient;
  readonly size: TerminalSize;
  readonly screenReader: boolean;
  readonly draw: (data: string) => void;
  /** Nothing more will come: why it ended, or what went wrong. */
  readonly over: (why: string | ViewError) => void;
};

/** The most that one call takes; a long paste goes in pieces. */
const PIECE = 8_000;

/** Opens a terminal and draws what comes from it until it ends. */
export function openTerminal({ client, size, screenReader, draw, over }: TerminalLinkOptions): TerminalLink {
  let closed = false;
  let wanted = size;
  const opened = client.invoke('terminal.open', { ...size, screenReader });
  /** Keys in the order they were typed, also those that came before it was open. */
  let line: Promise<unknown> = opened;
  const send = (work: (id: string) => Promise<unknown>): void => {
    line = line.then(async () => work((await opened).id)).catch(() => undefined);
  };
  const read = async (): Promise<void> => {
    try {
      const { id } = await opened;
      if (closed) return void (await client.invoke('terminal.close', { id }));
      if (wanted !== size) await client.invoke('terminal.resize', { id, ...wanted });
      for (;;) {
        const { data, ended } = await client.invoke('terminal.read', { id });
        if (closed) return;
        if (data !== '') draw(data);
        if (ended !== null) return over(ended);
      }
    } catch (thrown) {
      if (!closed) over(thrown instanceof ContractError ? viewError(thrown) : String(thrown));
    }
  };
  void read();
  return {
    type(data) {
      for (let at = 0; at < data.length; at += PIECE)
        send((id) => client.invoke('terminal.write', { id, data: data.slice(at, at + PIECE) }));
    },
    resize(next) {
      wanted = next;
      send((id) => client.invoke('terminal.resize', { id, ...next }));
    },
    close() {
      if (closed) return;
      closed = true;
      send((id) => client.invoke('terminal.close', { id }));
    },
  };
}
