/**
 * How long a test waits for what it expects before it says that it hangs, in milliseconds. No test may fail on a clock: this is far more than a
 * machine needs that is busy with other things.
 */
export const LONGEST_WAIT_MS = 120_000;
