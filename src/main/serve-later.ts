import type { Port } from '#shared/transport/port.ts';

/** Serves the contract on a port; answers the undo. */
export type Serve = (port: Port) => () => void;

/** A page that has not been welcomed says its hello and nothing else. */
const MOST_EARLY = 16;

/**
 * Serves a window that is opened before there is an engine, so that its page is read meanwhile. What the page says until then is kept and heard
 * first. Where no engine comes, the page goes on waiting; whoever starts the program says why.
 */
export const serveLater =
  (coming: Promise<Serve>): Serve =>
  (port) => {
    const early: unknown[] = [];
    let over = false;
    let undo = port.onFrame((frame) => {
      if (early.length < MOST_EARLY) early.push(frame);
    });
    const offClose = port.onClose(() => {
      over = true;
    });
    const begin = (serve: Serve): void => {
      if (over) return;
      undo();
      undo = serve({
        ...port,
        onFrame(listener) {
          const off = port.onFrame(listener);
          const said = early.splice(0);
          // The listener may not be ready for its first frame before it has its undo.
          queueMicrotask(() => {
            for (const frame of said) listener(frame);
          });
          return off;
        },
      });
    };
    coming.then(begin).catch(() => undefined);
    return () => {
      over = true;
      offClose();
      undo();
    };
  };
