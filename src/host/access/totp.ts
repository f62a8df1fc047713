import { timingSafeEqual } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** RFC 6238 with what every authenticator app takes: SHA-1, a step of 30 s, six digits. */
const STEP_MS = 30_000;
const DIGITS = 6;

export const stepAt = (ms: number): number => Math.floor(ms / STEP_MS);

/** The code of one step. `digits` is eight in the vectors of the RFC alone. */
export const codeOf = (base32: string, step: number, digits = DIGITS): string =>
  new TOTP({ secret: Secret.fromBase32(base32), algorithm: 'SHA1', digits, period: STEP_MS / 1000 }).generate({
    timestamp: step * STEP_MS,
  });

/**
 * The step whose code this is, one before and one after now included because clocks differ; undefined for any other. A step that is not newer
 * than the last one used is refused, so that a code that somebody saw opens nothing, also after a clock was set back.
 */
export function acceptedStep(base32: string, code: string, now: number, lastUsed: number): number | undefined {
  const typed = Buffer.from(code);
  let found: number | undefined;
  for (const step of [stepAt(now) - 1, stepAt(now), stepAt(now) + 1]) {
    const right = Buffer.from(codeOf(base32, step));
    // All three are compared, so that time does not tell which one was nearly right.
    const same = right.length === typed.length && timingSafeEqual(right, typed);
    if (same && step > lastUsed) found = step;
  }
  return found;
}
