/** Runs `work` at most once in each `intervalMs`, and once more after the last call, so that the newest state is always told. */
export function coalesce(
  intervalMs: number,
  work: () => void,
): { readonly soon: () => void; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    soon() {
      if (timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        work();
      }, intervalMs);
      timer.unref();
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
