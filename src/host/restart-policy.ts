/** When a crashed worker may start again. */
export type RestartPolicy = {
  /** Notes a crash at `now` and answers the pause before the next start, or `give_up`. */
  crashed(
    now: number,
  ): { readonly kind: 'retry'; readonly afterMs: number } | { readonly kind: 'give_up'; readonly crashes: number };
};

export type RestartSettings = {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly maxCrashes: number;
  readonly windowMs: number;
};

export const DEFAULT_RESTARTS: RestartSettings = {
  firstPauseMs: 200,
  longestPauseMs: 5_000,
  maxCrashes: 5,
  windowMs: 600_000,
};

/** Doubles the pause with every crash inside the window; after `maxCrashes` of them a worker is not worth another start. */
export function createRestartPolicy(settings: RestartSettings = DEFAULT_RESTARTS): RestartPolicy {
  let crashes: readonly number[] = [];
  return {
    crashed(now) {
      crashes = [...crashes.filter((at) => now - at < settings.windowMs), now];
      if (crashes.length >= settings.maxCrashes) return { kind: 'give_up', crashes: crashes.length };
      const pause = settings.firstPauseMs * 2 ** (crashes.length - 1);
      return { kind: 'retry', afterMs: Math.min(pause, settings.longestPauseMs) };
    },
  };
}
