import { createStore, type StoreApi } from 'zustand/vanilla';

/** A line of the terminal as it is written after the colon. */
export type TypedLine = {
  readonly text: string;
  /** Enter is pressed as well; else it waits for the master's own. */
  readonly send: boolean;
};

/** Counts the lines that were asked for; each is typed into a terminal of its own, where no question waits that it could answer. */
export type TerminalLineStore = StoreApi<{ readonly asked: number }> & {
  ask(line: TypedLine): void;
  /** The keys of the line that waits, once. */
  takeKeys(): string | null;
};

/** What is pressed for a line: the colon opens the console's command line. */
const keysOf = ({ text, send }: TypedLine): string => `:${text}${send ? '\r' : ''}`;

export function createTerminalLineStore(): TerminalLineStore {
  const store = createStore<{ readonly asked: number }>(() => ({ asked: 0 }));
  let waiting: TypedLine | null = null;
  return {
    ...store,
    ask(line) {
      waiting = line;
      store.setState({ asked: store.getState().asked + 1 });
    },
    takeKeys() {
      const line = waiting;
      waiting = null;
      return line === null ? null : keysOf(line);
    },
  };
}
