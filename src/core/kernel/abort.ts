import type { Cancel } from './clock.ts';

/** Asks work to stop. The reason is shown to the master. */
export type AbortToken = {
  readonly aborted: boolean;
  readonly reason: string | undefined;
  /** Calls the listener once on abort, at once when already aborted. */
  onAbort(listener: (reason: string) => void): Cancel;
};

/** Aborted as soon as one of the two is, with the reason of the one that was first. */
export const eitherOf = (a: AbortToken, b: AbortToken): AbortToken => ({
  get aborted() {
    return a.aborted || b.aborted;
  },
  get reason() {
    return a.reason ?? b.reason;
  },
  onAbort(listener) {
    let told = false;
    const once = (reason: string): void => {
      if (told) return;
      told = true;
      listener(reason);
    };
    const cancels = [a.onAbort(once), b.onAbort(once)];
    return () => {
      for (const cancel of cancels) cancel();
    };
  },
});

export type AbortSource = { readonly token: AbortToken; abort(reason: string): void };

export function createAbortSource(): AbortSource {
  const listeners = new Set<(reason: string) => void>();
  let reason: string | undefined;
  return {
    token: {
      get aborted() {
        return reason !== undefined;
      },
      get reason() {
        return reason;
      },
      onAbort(listener) {
        if (reason !== undefined) {
          listener(reason);
          return () => {};
        }
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
        };
      },
    },
    abort(why) {
      if (reason !== undefined) return;
      reason = why;
      for (const listener of Array.from(listeners)) listener(why);
      listeners.clear();
    },
  };
}
