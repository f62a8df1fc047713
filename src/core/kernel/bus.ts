import type { Cancel } from './clock.ts';

/** A typed list of listeners. A listener that throws is reported to `onError` and never stops the others. */
export type Bus<Event> = {
  publish(event: Event): void;
  subscribe(listener: (event: Event) => void): Cancel;
};

export function createBus<Event>(onError: (error: unknown) => void): Bus<Event> {
  const listeners = new Set<(event: Event) => void>();
  return {
    publish(event) {
      for (const listener of Array.from(listeners)) {
        try {
          listener(event);
        } catch (error) {
          onError(error);
        }
      }
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
