import type { Port } from './port.ts';
import { cloneLikeIpc, soon } from './runtime.ts';

/** A set of listeners with an undo for each; the one piece every port needs twice. */
export type Listeners<T> = {
  add(listener: (value: T) => void): () => void;
  emit(value: T): void;
  readonly size: () => number;
};

export const createListeners = <T>(): Listeners<T> => {
  const listeners = new Set<(value: T) => void>();
  return {
    add(listener) {
      // Wrapped, so that the same function added twice is heard twice and undone once each.
      const own = (value: T): void => listener(value);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    emit(value) {
      for (const listener of Array.from(listeners)) listener(value);
    },
    size: () => listeners.size,
  };
};

/**
 * Two ends of a pipe inside one process. Frames are structured-cloned and arrive later, as over Electron IPC, so a test fails
 * where the window would. Frames sent before the other end listens wait for it.
 */
export const createPortPair = (): { readonly client: Port; readonly host: Port } => {
  const frames = { client: createListeners<unknown>(), host: createListeners<unknown>() };
  const closings = { client: createListeners<void>(), host: createListeners<void>() };
  const waiting: { readonly client: unknown[]; readonly host: unknown[] } = { client: [], host: [] };
  let open = true;

  const deliver = (to: 'client' | 'host'): void => {
    if (frames[to].size() === 0) return;
    for (const frame of waiting[to].splice(0)) if (open) frames[to].emit(frame);
  };

  const end = (self: 'client' | 'host', other: 'client' | 'host'): Port => ({
    send(frame) {
      if (!open) return;
      waiting[other].push(cloneLikeIpc(frame));
      soon(() => deliver(other));
    },
    onFrame(listener) {
      const off = frames[self].add(listener);
      soon(() => deliver(self));
      return off;
    },
    onClose: (listener) => closings[self].add(() => listener()),
    close() {
      if (!open) return;
      open = false;
      soon(() => {
        closings.client.emit();
        closings.host.emit();
      });
    },
  });

  return { client: end('client', 'host'), host: end('host', 'client') };
};
