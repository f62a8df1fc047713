import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { BootClock } from '#adapters/clock-system/boot-clock.ts';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { storageFault } from '#adapters/sqlite/storage-fault.ts';
import { Fault } from '#core/kernel/fault.ts';

/** Wrong passphrases in a row before the first wait. */
export const FREE_ATTEMPTS = 5;
const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;

const attemptsFile = z.strictObject({
  failures: z.int().min(0).max(1_000_000),
  /** When the wait began, on the clock of that start of the machine. */
  sinceUptimeMs: z.number().min(0),
  bootId: z.string().max(200),
});
type AttemptsFile = z.infer<typeof attemptsFile>;

export type AttemptsView = { readonly left: number; readonly waitMs: number };

/**
 * Counts wrong passphrases: after five in a row a minute must pass before the next, then two, then four, up to an hour. It is counted
 * before the guess is judged and seen to the disk, so that a killed process has used it up too. The wait runs on the machine's own
 * uptime, which no setting of the clock moves; after a restart of the machine it begins anew, because nothing tells how long that took.
 * It slows down who types; against who has copied the files, only the cost of the passphrase hash stands.
 */
export type Attempts = {
  view(): AttemptsView;
  /** Takes one attempt. Throws Fault `locked` while there is a wait, `storage` when it cannot be written down. */
  take(): void;
  /** The passphrase was right. */
  clear(): void;
};

export function openAttempts(path: string, clock: BootClock, of: 'passphrases' | 'codes' = 'passphrases'): Attempts {
  const now = (failures: number): AttemptsFile => ({
    failures,
    sinceUptimeMs: clock.uptimeMs(),
    bootId: clock.bootId(),
  });
  const write = (content: AttemptsFile): void => {
    try {
      writeFileAtomic(path, `${JSON.stringify(content)}\n`);
    } catch (error) {
      throw storageFault(error, path);
    }
  };
  /** What is written, its wait begun anew when it ran on another start of the machine. A file that makes no sense counts as five failures. */
  const read = (): AttemptsFile => {
    const found = readAttempts(path);
    if (found === undefined) return now(0);
    const fresh = found !== 'garbled' && found.bootId === clock.bootId() && found.sinceUptimeMs <= clock.uptimeMs();
    if (fresh) return found;
    const restarted = now(found === 'garbled' ? FREE_ATTEMPTS : found.failures);
    if (restarted.failures > 0) write(restarted);
    return restarted;
  };
  const waitMs = ({ failures, sinceUptimeMs }: AttemptsFile): number =>
    Math.max(0, Math.ceil(sinceUptimeMs + penaltyMs(failures) - clock.uptimeMs()));
  return {
    view() {
      const content = read();
      return { left: Math.max(0, FREE_ATTEMPTS - content.failures), waitMs: waitMs(content) };
    },
    take() {
      const content = read();
      const wait = waitMs(content);
      if (wait > 0) {
        throw new Fault(
          'locked',
          `${content.failures} wrong ${of} in a row: the next one is taken in ${Math.ceil(wait / 1000)} s`,
          'wait that long (a restart does not shorten it), or use the recovery code',
        );
      }
      write(now(content.failures + 1));
    },
    clear() {
      if (readAttempts(path) !== undefined) write(now(0));
    },
  };
}

const penaltyMs = (failures: number): number =>
  failures < FREE_ATTEMPTS ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_ATTEMPTS));

function readAttempts(path: string): AttemptsFile | 'garbled' | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return attemptsFile.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? 'garbled';
  } catch (error) {
    if (error instanceof SyntaxError) return 'garbled';
    throw storageFault(error, path);
  }
}
