import type { ProtocolSettings } from './settings.ts';
import { ask, sleep, type Task } from './steps.ts';

/** Name of the sleep, to be woken when what rests has changed. */
export const DEAD_MAN = 'dead-man';

/**
 * Keeps the venue's dead man's switch armed while `isWanted`, and takes it back when it is not. The switch cancels everything on the account when it
 * hears nothing: it is wanted while bare entries rest, and not once a stop rests, which must outlive us, nor while orders of somebody
 * else do.
 */
export function* keepDeadMan(isWanted: () => boolean, settings: ProtocolSettings): Task<void> {
  let armed = false;
  for (;;) {
    const wanted = isWanted();
    if (wanted || armed) {
      const answer = yield* ask('deadMan', wanted ? settings.deadManMs : 0);
      // A refusal to arm may have armed it all the same: it is taken back as if it had.
      armed = wanted || answer.kind === 'failed';
    }
    yield* sleep(settings.deadManRefreshMs, DEAD_MAN);
  }
}
