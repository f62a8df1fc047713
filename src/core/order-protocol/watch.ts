import { lookAtAll, WATCH } from './look-at-all.ts';
import { confirmHoldings, type ReconcileParts } from './reconcile.ts';
import { sleep, type Task } from './steps.ts';

/**
 * Looks at everything now and then, and often while the private stream is lost. When the venue's clock is due for a measurement, or ours has jumped,
 * it is measured, and books and account are compared again.
 */
export function* watch(parts: ReconcileParts): Task<void> {
  const { settings, venueClock } = parts;
  for (;;) {
    const hurry = parts.isStreamLost() || venueClock.jumped();
    yield* sleep(hurry ? settings.pollMs : settings.auditMs, WATCH);
    const jumped = venueClock.jumped();
    const complete = yield* lookAtAll(parts);
    if (!jumped && !venueClock.isDue()) continue;
    // After a jump nothing is trusted before everything was seen.
    if (complete) yield* venueClock.measure();
    const comparison = yield* confirmHoldings(parts);
    if (comparison.kind !== 'failed') parts.onCompared(comparison.kind === 'differs' ? comparison : undefined);
  }
}
