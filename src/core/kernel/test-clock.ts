import { type UnixMs, unixMs } from '../domain/ids.ts';
import type { Cancel, Clock } from './clock.ts';

type Timer = { readonly at: UnixMs; readonly order: number; readonly fire: () => void };

/** A clock that moves only when told; used by file runs, back-tests and tests. Timers fire in (time, insertion) order. */
export class TestClock implements Clock {
  #now: UnixMs;
  #order = 0;
  #timers: Timer[] = [];

  constructor(start: UnixMs) {
    this.#now = start;
  }

  now(): UnixMs {
    return this.#now;
  }

  setTimer(at: UnixMs, fire: () => void): Cancel {
    const timer: Timer = { at, order: this.#order++, fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves to `target`, firing every timer that falls due on the way at its own time. Throws RangeError when time would go backwards. */
  advanceTo(target: UnixMs): void {
    if (target < this.#now) throw new RangeError(`time cannot go back from ${this.#now} to ${target}`);
    for (;;) {
      const due = this.#timers
        .filter((timer) => timer.at <= target)
        .sort((a, b) => a.at - b.at || a.order - b.order)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#now = unixMs(Math.max(this.#now, due.at));
      due.fire();
    }
    this.#now = target;
  }
}
