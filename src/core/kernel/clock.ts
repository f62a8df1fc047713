import type { UnixMs } from '../domain/ids.ts';

/** Undoes a subscription or a timer. Calling it twice is harmless. */
export type Cancel = () => void;

/** The only source of time in the engine. Timers belong to it, so that a test clock can run them. */
export interface Clock {
  now(): UnixMs;
  /** Calls `fire` once when `now()` reaches `at`, or as soon as possible when `at` has passed. */
  setTimer(at: UnixMs, fire: () => void): Cancel;
}

/** Milliseconds that only ever grow; for durations and deadlines, never hashed, never journalled in a payload. */
export interface Stopwatch {
  elapsedMs(): number;
}
