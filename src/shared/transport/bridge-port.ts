import type { Port } from './port.ts';
import { createListeners } from './ports.ts';

/** What the preload script puts into the page as `window.mt`: a door with two functions. */
export type Bridge = {
  send(frame: unknown): void;
  /** Returns the undo. */
  onFrame(listener: (frame: unknown) => void): () => void;
};

/** A port over the preload's bridge. The window lives and dies with the main process, so only `close` ends it. */
export const createBridgePort = (bridge: Bridge): Port => {
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
