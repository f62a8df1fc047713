import { createHash, timingSafeEqual } from 'node:crypto';

/** The only address anything of ours listens on. */
export const LOOPBACK = '127.0.0.1';

/** The page's one address and origin; also what the terminal connects to. */
export const pageOrigin = (port: number): string => `http://${LOOPBACK}:${port}`;

/**
 * Whether a Host header names this machine and this port. A page on a name that was re-bound to 127.0.0.1 sends that name here,
 * so it is refused before anything is read.
 */
export const isLoopbackHost = (header: string | undefined, port: number): boolean =>
  header === `${LOOPBACK}:${port}` || header === `localhost:${port}` || header === `[::1]:${port}`;

/** Programs send no Origin; a browser always does, and then it must be exactly the page we serve, if we serve one. */
export const isAllowedOrigin = (header: string | undefined, allowed: string | undefined): boolean =>
  header === undefined || (allowed !== undefined && header === allowed);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Equal or not, in a time that depends on neither text: digests are compared, so that lengths do not show either. */
export const sameSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(digest(given), digest(expected));

/** Counts failed tokens per address; too many and the address is refused for a while. */
export type FailureGate = {
  readonly refuses: (address: string) => boolean;
  readonly failed: (address: string) => void;
  readonly passed: (address: string) => void;
};

/** `now` is any millisecond count that never runs backwards. */
export const createFailureGate = (options: {
  readonly maxFailures: number;
  readonly penaltyMs: number;
  readonly now: () => number;
}): FailureGate => {
  const { maxFailures, penaltyMs, now } = options;
  const failures = new Map<string, { readonly count: number; readonly at: number }>();
  /** Failures older than the penalty are forgotten. */
  const countOf = (address: string): number => {
    const record = failures.get(address);
    if (record === undefined) return 0;
    if (now() - record.at < penaltyMs) return record.count;
    failures.delete(address);
    return 0;
  };
  return {
    refuses: (address) => countOf(address) >= maxFailures,
    failed: (address) => void failures.set(address, { count: countOf(address) + 1, at: now() }),
    passed: (address) => void failures.delete(address),
  };
};

/** A bucket of tokens that refills with time. `take` answers false once a caller is faster than `perSecond` for long. */
export const createRateLimit = (
  perSecond: number,
  burst: number,
  now: () => number,
): { readonly take: () => boolean } => {
  let level = burst;
  let last = now();
  return {
    take() {
      const moment = now();
      level = Math.min(burst, level + ((moment - last) * perSecond) / 1000);
      last = moment;
      if (level < 1) return false;
      level -= 1;
      return true;
    },
  };
};
