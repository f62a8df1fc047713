/** The wall clock may move against the steady one by this much without anybody having set it. */
const MOST_JUMP_MS = 500;
/** A common quartz drifts by less than 0.05 %; what drift explains is no jump. */
const DRIFT = 0.0005;
/** Beyond this the venue would refuse an order, or take it later than meant. */
const MOST_OFFSET_MS = 1_000;

export type GuardedClocks = {
  /** Time of day, in ms; may be set, may jump. */
  wall(): number;
  /** Milliseconds that only ever grow; may or may not count while the machine sleeps. */
  steady(): number;
};

/** Handed out when a resync begins, so that one which began before the newest jump clears nothing. */
export type ResyncTicket = { readonly jump: number };

/**
 * Watches the time that everything else goes by. After a jump of the clock, or a sleep of the machine, nothing that was known is known to
 * be true any more: until orders, positions and prices were looked at again, nothing new may be risked. Looked at on every question, so
 * that nobody can act between a jump and the next look of a timer.
 */
export type ClockGuard = {
  /** Why nothing new may be sent, in words; null when the clocks are in order. */
  trouble(): string | null;
  beginResync(): ResyncTicket;
  /** Everything was looked at again since the ticket was given. Does nothing for a ticket from before the newest jump. */
  resynced(ticket: ResyncTicket): void;
  /** The venue's clock minus ours, as just measured. */
  measured(offsetMs: number): void;
};

export type ClockGuardOptions = {
  readonly clocks: GuardedClocks;
  /**
   * How long nobody may have looked, on the steady clock. Some systems let that clock count while the machine sleeps, and then a sleep shows
   * only as a silence of the timers. Whoever sets it looks several times as often.
   */
  readonly longestSilenceMs?: number;
};

export function createClockGuard({
  clocks,
  longestSilenceMs = Number.POSITIVE_INFINITY,
}: ClockGuardOptions): ClockGuard {
  let anchor = read();
  let lookedAt = anchor;
  let jumps = 0;
  let fault: string | null = null;
  let offset = 0;

  function read(): { readonly apart: number; readonly steady: number } {
    const steady = clocks.steady();
    return { apart: clocks.wall() - steady, steady };
  }

  const tell = (words: string): void => {
    jumps += 1;
    fault = words;
  };

  const look = (): void => {
    const now = read();
    if (!Number.isFinite(now.apart) || !Number.isFinite(now.steady)) return tell('a clock gives no time');
    if (now.steady < lookedAt.steady) tell('the steady clock went back');
    const silence = now.steady - lookedAt.steady;
    const since = now.apart - lookedAt.apart;
    // From the last time that all was well, so that many small steps add up to the jump that they are.
    const moved = now.apart - anchor.apart;
    const explained = MOST_JUMP_MS + Math.max(0, now.steady - anchor.steady) * DRIFT;
    if (Math.abs(since) > MOST_JUMP_MS || Math.abs(moved) > explained) {
      tell(`the clock of this machine jumped by ${seconds(moved)}, or it slept`);
      // What was told once is told; from here on the next jump counts.
      anchor = now;
    } else if (silence > longestSilenceMs) tell(`nothing ran for ${seconds(silence)}: this machine slept`);
    lookedAt = now;
  };

  return {
    trouble() {
      look();
      if (fault !== null) return fault;
      if (Math.abs(offset) <= MOST_OFFSET_MS) return null;
      return `the clock of this machine and the venue's are ${seconds(offset)} apart`;
    },
    beginResync() {
      look();
      return { jump: jumps };
    },
    resynced({ jump }) {
      look();
      if (jump !== jumps) return;
      fault = null;
      anchor = lookedAt;
    },
    measured(offsetMs) {
      offset = Number.isFinite(offsetMs) ? offsetMs : Number.POSITIVE_INFINITY;
    },
  };
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
