import { type EngineStatus, isSealed, type SealedStatus } from '#shared/contract/engine.ts';

/** The part of Electron's powerSaveBlocker that is needed. */
export type SleepBlocker = {
  start(type: 'prevent-app-suspension'): number;
  stop(id: number): unknown;
};

/** Keeps the machine from falling asleep by itself while agents trade live prices; a made market can wait. */
export function createStayAwake(blocker: SleepBlocker): {
  look(status: EngineStatus | SealedStatus): void;
  stop(): void;
} {
  let held: number | undefined;
  const stop = (): void => {
    if (held !== undefined) blocker.stop(held);
    held = undefined;
  };
  return {
    look(status) {
      // What a locked engine does is not told; what was held stays held.
      if (isSealed(status)) return;
      if (status.livePrices === null && !(status.environment === 'live' && status.agentsRunning > 0)) return stop();
      held ??= blocker.start('prevent-app-suspension');
    },
    stop,
  };
}
