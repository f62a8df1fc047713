import type { Raised } from './open-alerts.ts';

/** A state that may be wrong for a while. */
export type Condition = {
  /** What it is about, and since when it has been so; two of the same name are one. */
  readonly name: string;
  /** For how many looks in a row, and for how long, it must be wrong before anybody is told. */
  readonly misses: number;
  readonly forMs: number;
  /** What to tell after `lastedMs`. */
  readonly tell: (lastedMs: number) => Raised;
};

type Wrong = { since: number; misses: number; told: boolean };

/** Remembers which states are wrong and tells each once, until it has been right again. */
export function createConditionWatch(raise: (raised: Raised) => void): {
  /** `wrong` is everything that is wrong at this moment; what is not named is right. */
  look(wrong: readonly Condition[], now: number): void;
} {
  const known = new Map<string, Wrong>();
  return {
    look(wrong, now) {
      const names = new Set(wrong.map(({ name }) => name));
      for (const name of known.keys()) if (!names.has(name)) known.delete(name);
      for (const { name, misses, forMs, tell } of wrong) {
        const state = known.get(name) ?? { since: now, misses: 0, told: false };
        known.set(name, state);
        state.misses += 1;
        if (state.told || state.misses < misses || now - state.since < forMs) continue;
        state.told = true;
        raise(tell(now - state.since));
      }
    },
  };
}
