import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Cancel, Clock } from '#core/kernel/clock.ts';

type Timer = { readonly at: number; readonly order: number; fire: (() => void) | undefined };

/** Time that jumps from one thing that happens to the next; a binary heap, because a simulation sets millions of timers. */
export class VirtualClock implements Clock {
  #now: number;
  #order = 0;
  readonly #heap: Timer[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): UnixMs {
    return unixMs(this.#now);
  }

  setTimer(at: number, fire: () => void): Cancel {
    const timer: Timer = { at: Math.max(at, this.#now), order: this.#order++, fire };
    this.#push(timer);
    return () => {
      timer.fire = undefined;
    };
  }

  after(ms: number, fire: () => void): Cancel {
    return this.setTimer(this.#now + ms, fire);
  }

  /** Fires what comes next. False when nothing is to come by `until`. */
  step(until: number): boolean {
    for (let next = this.#heap[0]; next !== undefined && next.at <= until; next = this.#heap[0]) {
      this.#pop();
      if (next.fire === undefined) continue;
      this.#now = next.at;
      next.fire();
      return true;
    }
    this.#now = Math.max(this.#now, until);
    return false;
  }

  #before(a: Timer, b: Timer): boolean {
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let at = heap.push(timer) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(timer, heap[parent] as Timer)) break;
      heap[at] = heap[parent] as Timer;
      at = parent;
    }
    heap[at] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop() as Timer;
    if (heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1] as Timer, heap[child] as Timer)) child += 1;
      if (!this.#before(heap[child] as Timer, last)) break;
      heap[at] = heap[child] as Timer;
      at = child;
    }
    heap[at] = last;
  }
}
