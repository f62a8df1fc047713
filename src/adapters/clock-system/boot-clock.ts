import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';

/** Time that no setting of the clock moves: milliseconds since the machine was started, and which start that was. */
export type BootClock = {
  uptimeMs(): number;
  /** Another text after each start of the machine. */
  bootId(): string;
};

const LINUX_BOOT_ID = '/proc/sys/kernel/random/boot_id';
/** Clocks of hosts drift against each other by less than this within hours. */
const START_GRAIN_MS = 60_000;

/**
 * Linux names each start. Elsewhere the moment of the start stands for it, rounded to the minute; setting the clock changes that moment,
 * which callers take for a restart of the machine.
 */
export const systemBootClock: BootClock = {
  uptimeMs: () => uptime() * 1000,
  bootId() {
    if (process.platform === 'linux') {
      try {
        return readFileSync(LINUX_BOOT_ID, 'utf8').trim();
      } catch {
        // A container may hide it.
      }
    }
    return `started ${Math.round((Date.now() - uptime() * 1000) / START_GRAIN_MS)}`;
  },
};
