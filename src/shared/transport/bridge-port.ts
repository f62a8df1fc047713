import type { Port } from './port.ts';
import { createListeners } from './ports.ts';

/** What the preload script puts into the page as `window.mt`: a door for frames, and the place of a file that the master chose. */
export type Bridge = {
  send(frame: unknown): void;
  /** Returns the undo. */
  onFrame(listener: (frame: unknown) => void): () => void;
  /** Where a file lies that was chosen in the system's own dialog; empty for one that the page made. Nothing of it is read. */
  pathOf(file: unknown): string;
};

/** A port over the preload's bridge. The window lives and dies with the main process, so only `close` ends it. */
export const createBridgePort = (bridge: Pick<Bridge, 'send' | 'onFrame'>): Port => {
  const closings = createListeners<void>();
  const undos = new Set<() => void>();
  let open = true;
  return {
    send(frame) {
      if (open) bridge.send(frame);
    },
    onFrame(listener) {
      const undo = bridge.onFrame((frame) => {
        if (open) listener(frame);
      });
      undos.add(undo);
      return () => {
        undos.delete(undo);
        undo();
      };
    },
    onClose: (listener) => closings.add(() => listener()),
    close() {
      if (!open) return;
      open = false;
      for (const undo of undos) undo();
      undos.clear();
      closings.emit();
    },
  };
};
