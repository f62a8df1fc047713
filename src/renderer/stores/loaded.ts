import { createStore, type StoreApi } from 'zustand/vanilla';
import { ContractError } from '#shared/contract/errors.ts';
import { words } from '../app/language.ts';

/** An error as a screen shows it: what happened and what to do about it. */
export type ViewError = { readonly code: string; readonly message: string; readonly remedy: string | null };

/** Data with the state of its last load. The last data stays while a newer load runs or fails. */
export type Loaded<T> = {
  readonly data: T | null;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly error: ViewError | null;
  /** When this phase began, in local milliseconds. */
  readonly since: number;
  /** When the data came; null while there is none. */
  readonly at: number | null;
};

/** What to do about what the engine could not say itself, because the line or the window failed. */
function ownRemedy(code: string): string | null {
  const remedies = words.t('states.remedies', { returnObjects: true });
  return Object.entries(remedies).find(([known]) => known === code)?.[1] ?? null;
}

/** Turns whatever was thrown into words. Anything but a contract error is a defect of the window and says so. */
export function viewError(thrown: unknown): ViewError {
  if (thrown instanceof ContractError) {
    return {
      code: thrown.reason ?? thrown.code,
      message: thrown.message,
      remedy: thrown.remedy ?? ownRemedy(thrown.code),
    };
  }
  return {
    code: 'window',
    message: thrown instanceof Error ? thrown.message : words.t('states.windowDefect'),
    remedy: words.t('states.remedies.window'),
  };
}

export const nothingYet = <T>(): Loaded<T> => ({
  data: null,
  phase: 'loading',
  error: null,
  since: Date.now(),
  at: null,
});
export const ready = <T>(data: T): Loaded<T> => ({
  data,
  phase: 'ready',
  error: null,
  since: Date.now(),
  at: Date.now(),
});
const started = <T>(before: Loaded<T>): Loaded<T> => ({ ...before, phase: 'loading', since: Date.now() });
const failed = <T>(before: Loaded<T>, thrown: unknown): Loaded<T> => ({
  ...before,
  phase: 'failed',
  error: viewError(thrown),
  since: Date.now(),
});

export type LoadedStore<T> = StoreApi<Loaded<T>> & {
  /** Loads again; an answer that a newer load has overtaken is dropped. */
  refresh(): Promise<void>;
  /** Data that the engine pushed; overtakes any load in flight. */
  put(data: T): void;
  /** Stops waiting for the load in flight; the last data stays, and where there is none the screen says that the reader gave up. */
  readonly giveUp: () => void;
  /** Forgets the data, for instance when another object is selected. */
  clear(): void;
};

export function loadedStore<T>(load: () => Promise<T>): LoadedStore<T> {
  const store = createStore<Loaded<T>>(() => nothingYet<T>());
  let turn = 0;
  return {
    ...store,
    async refresh() {
      turn += 1;
      const mine = turn;
      if (store.getState().phase !== 'loading') store.setState(started(store.getState()), true);
      try {
        const data = await load();
        if (mine === turn) store.setState(ready(data), true);
      } catch (thrown) {
        if (mine === turn) store.setState(failed(store.getState(), thrown), true);
      }
    },
    put(data) {
      turn += 1;
      store.setState(ready(data), true);
    },
    giveUp() {
      if (store.getState().phase !== 'loading') return;
      turn += 1;
      const before = store.getState();
      const error = { code: 'gave_up', message: words.t('states.gaveUp'), remedy: words.t('states.gaveUpRemedy') };
      store.setState(
        before.data === null
          ? { ...nothingYet<T>(), phase: 'failed', error }
          : { ...before, phase: 'ready', error: null, since: Date.now() },
        true,
      );
    },
    clear() {
      turn += 1;
      store.setState(nothingYet<T>(), true);
    },
  };
}
