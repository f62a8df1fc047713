import { isSealed } from '#shared/contract/engine.ts';
import type { OpenEngine } from './types.ts';

/**
 * Whether trading is halted, of an engine whose faces may be locked. They are told nothing of it, but that one thing is no secret: it is what
 * the kill switch does, which works while they are locked, and what the tray shows by its shape.
 */
export type HaltFollower = {
  halted(): boolean;
  /** From now on of this engine, or of none. */
  follow(engine: OpenEngine | undefined): void;
};

/** `onChange` is told when it begins and when it is over. */
export function createHaltFollower(onChange: () => void): HaltFollower {
  let halted = false;
  let unfollow = (): void => undefined;
  return {
    halted: () => halted,
    follow(engine) {
      unfollow();
      unfollow = () => undefined;
      halted = engine?.halted() ?? false;
      if (engine === undefined) return;
      unfollow = engine.events.subscribe('engine.changed', (status) => {
        const now = !isSealed(status) && status.tradingState === 'halted';
        if (now === halted) return;
        halted = now;
        onChange();
      });
    },
  };
}
