/** Collects what arrives between two painted frames and applies it once. A hidden window paints no frames, so a slow timer stands in. */
export type FrameBatch<T> = { readonly push: (item: T) => void; readonly cancel: () => void };

const HIDDEN_MS = 250;

export function frameBatch<T>(apply: (items: readonly T[]) => void): FrameBatch<T> {
  let pending: T[] = [];
  let undo: (() => void) | null = null;

  const flush = (): void => {
    undo = null;
    const items = pending;
    pending = [];
    if (items.length > 0) apply(items);
  };
  const plan = (): (() => void) => {
    if (document.hidden) {
      const timer = setTimeout(flush, HIDDEN_MS);
      return () => clearTimeout(timer);
    }
    const frame = requestAnimationFrame(flush);
    return () => cancelAnimationFrame(frame);
  };

  return {
    push(item) {
      pending.push(item);
      undo ??= plan();
    },
    cancel() {
      undo?.();
      undo = null;
      pending = [];
    },
  };
}
