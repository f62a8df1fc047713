import type { Cancel } from '../kernel/clock.ts';

/**
 * Delivers events one at a time, each to every listener in order of subscription, before `publish` returns to its outermost
 * caller. An event published by a listener waits its turn, so that all listeners see the same order. A listener that throws
 * does not keep the others from the event; its error reaches the outermost caller, because an engine that cannot record an
 * event must stop.
 */
export type EventQueue<Event> = {
  publish(event: Event): void;
  subscribe(listener: (event: Event) => void): Cancel;
};

export function createEventQueue<Event>(): EventQueue<Event> {
  const listeners = new Set<(event: Event) => void>();
  const waiting: Event[] = [];
  let draining = false;
  const deliver = (event: Event, errors: unknown[]): void => {
    for (const listener of Array.from(listeners)) {
      try {
        listener(event);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  return {
    publish(event) {
      waiting.push(event);
      if (draining) return;
      draining = true;
      const errors: unknown[] = [];
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) deliver(next, errors);
      draining = false;
      if (errors.length > 0) throw errors[0];
    },
    subscribe(listener) {
      const own = (event: Event): void => listener(event);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
