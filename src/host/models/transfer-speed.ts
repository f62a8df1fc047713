/** How fast something arrives: over the last seconds, so that one which stands still is at zero soon and not at its last good speed. */
export type TransferSpeed = {
  note(doneBytes: number): void;
  /** Null until enough was seen to say. */
  bytesPerSecond(): number | null;
};

/** What is older says nothing about now. */
const WINDOW_MS = 4_000;
const LEAST_MS = 500;

type Seen = { readonly at: number; readonly bytes: number };

export function createTransferSpeed(now: () => number): TransferSpeed {
  let seen: Seen[] = [];
  const trim = (): void => {
    const from = now() - WINDOW_MS;
    // The newest one before the window stays: it is what there was when the window began.
    const first = seen.findLastIndex(({ at }) => at <= from);
    if (first > 0) seen = seen.slice(first);
  };
  return {
    note(bytes) {
      seen.push({ at: now(), bytes });
      trim();
    },
    bytesPerSecond() {
      trim();
      const [first, last] = [seen[0], seen.at(-1)];
      if (first === undefined || last === undefined) return null;
      const elapsed = now() - Math.max(first.at, now() - WINDOW_MS);
      return elapsed < LEAST_MS ? null : Math.max(0, Math.round((1_000 * (last.bytes - first.bytes)) / elapsed));
    },
  };
}
