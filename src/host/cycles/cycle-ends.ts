import type { CycleJournal } from '#core/cycle/cycle-journal.ts';
import { unixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { createAbortSource } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { CycleRequest } from '#shared/contract/cycle.ts';
import { type Leftover, settle } from '../leftovers.ts';
import type { LiveCycle } from '../live-cycle.ts';
import { identityOf, paperName } from '../paper/paper-accounts.ts';
import { settlePaper } from '../paper/settle-paper.ts';
import { identityAsked } from '../paper/venue-cycle-market.ts';
import type { EngineParts } from '../parts.ts';
import { createSettleQueue } from '../settle-queue.ts';
import type { KnownCycles } from './known-cycles.ts';

const LONGEST_WHY = 400;

/** Cycles that did not come to their own end, and how they are ended for them. */
export type CycleEnds = {
  /** Nothing begins on an account while something on it waits to be ended. Throws while that is not possible. */
  before(request: CycleRequest): Promise<void>;
  /** Closes what they held, on the standing account or, within two minutes of candles, on live prices. */
  /** Cycles on the standing account that are still to be ended. */
  unsettled(): number;
  settleAll(): Promise<void>;
  settlePaper(): Promise<void>;
  /** A cycle whose live prices were left. */
  leftAlone(started: JournalRecord, reason: string): Promise<void>;
  /**
   * A cycle that broke is recorded as failed. On an account that lasts (`started` is given) what it held is closed first; when that or the
   * record is not possible now, nothing new starts there until it is.
   */
  failed(error: unknown, cycle: FailedCycle): Promise<void>;
  /** The program ends: whoever waits for live prices stops waiting. */
  stop(reason: string): void;
};

export type FailedCycle = {
  readonly journal: CycleJournal;
  readonly live: LiveCycle | undefined;
  readonly started: JournalRecord | undefined;
};

export type CycleEndsOptions = {
  readonly parts: EngineParts;
  /** Of earlier processes, on the standing account. */
  readonly unfinished: readonly Leftover[];
  readonly known: Pick<KnownCycles, 'get' | 'forgetView'>;
  readonly onChange: (live: LiveCycle) => void;
  readonly onAccount: () => void;
};

export function createCycleEnds({ parts, unfinished, known, onChange, onAccount }: CycleEndsOptions): CycleEnds {
  const { logger } = parts;
  const ending = createAbortSource();
  /** Where stand-ins listen now: each start of one has an address of its own. */
  const lastUrl = new Map<string, string | undefined>();
  const standing = createSettleQueue(unfinished, (next) => ended(next, (onRecord) => settle(next, parts, onRecord)));
  const paper = createSettleQueue(parts.paper.leftovers, (leftover) => {
    const identity = identityOf(leftover.started);
    const url = identity === undefined ? undefined : lastUrl.get(paperName(identity));
    return ended(leftover, (onRecord) => settlePaper({ leftover, parts, url, stop: ending.token, onRecord }));
  });

  /** Whoever watched it break sees how it is ended too. */
  async function ended(
    { started }: Leftover,
    end: (onRecord: (record: JournalRecord) => void) => Promise<void>,
  ): Promise<void> {
    const watched = known.get(started.cycle)?.live;
    await end((record) => {
      parts.paper.note(record);
      watched?.take(record);
    });
    if (watched !== undefined) onChange(watched);
    known.forgetView(started.cycle);
    onAccount();
  }

  return {
    async before(request) {
      if (request.market.kind !== 'venue') return standing.run();
      const name = paperName(identityAsked(request, request.market));
      lastUrl.set(name, request.market.url);
      await paper.run(({ started }) => {
        const identity = identityOf(started);
        return identity !== undefined && paperName(identity) === name;
      });
    },
    unsettled: () => standing.waiting(),
    settleAll: () => standing.run(),
    settlePaper: () => paper.run(),
    async leftAlone(started, reason) {
      paper.add({ started, why: reason, kind: 'interrupted' });
      await paper.run().catch((error: unknown) => logger.error('a cycle could not be ended yet', error));
    },
    async failed(error, { journal, live, started }) {
      const words =
        error instanceof Fault ? `${error.message} (${error.remedy})` : 'the engine failed; details are in its log';
      const why = words.slice(0, LONGEST_WHY);
      logger.error('a cycle failed', error);
      live?.fail(why);
      try {
        if (started === undefined) {
          if (live !== undefined) journal.write('cycle.failed', live.records().at(-1)?.ts ?? unixMs(0), { error: why });
          return;
        }
        const queue = identityOf(started) === undefined ? standing : paper;
        queue.add({ started, why, kind: 'failed' });
        await queue.run();
      } catch (second) {
        logger.error('a failed cycle could not be ended yet', second);
      }
    },
    stop: (reason) => ending.abort(reason),
  };
}
