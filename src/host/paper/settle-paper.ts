import type { Resting } from '#core/cycle/close-out.ts';
import { openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { payloadOf } from '#core/cycle/records.ts';
import { createShadow } from '#core/cycle/shadow.ts';
import type { ExecutionRecord } from '#core/execution/types.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { AbortToken } from '#core/kernel/abort.ts';
import { Fault } from '#core/kernel/fault.ts';
import { type Leftover, settle } from '../leftovers.ts';
import type { EngineParts } from '../parts.ts';
import { type FollowedPrices, followPrices } from './followed-prices.ts';
import { playedUntil, readMissed } from './missed-candles.ts';
import { identityOf, instrumentOf } from './paper-accounts.ts';
import { shadowBook } from './venue-cycle-market.ts';

export type SettlePaperOptions = {
  readonly leftover: Leftover;
  readonly parts: EngineParts;
  /** Where its stand-in listens now, when that is known better than by the record. */
  readonly url?: string | undefined;
  readonly stop: AbortToken;
  readonly onRecord: (record: JournalRecord) => void;
};

const ORDER = /^order\./;
/** To value what is held. */
const HISTORY = 30;

/**
 * Ends a cycle on a venue's live prices: reads the candles that closed meanwhile, plays them to what rested, and closes what is still held
 * at the next minute. Throws when the venue does not answer, or when told to stop; then it can be tried again.
 */
export async function settlePaper(options: SettlePaperOptions): Promise<void> {
  const { leftover, parts, stop, onRecord } = options;
  const { prices, paper, storage } = parts;
  const { started } = leftover;
  const setup = payloadOf(started, 'cycle.started');
  const identity = identityOf(started);
  const account = identity === undefined ? undefined : paper.find(identity)?.account;
  if (identity === undefined || account === undefined) throw new TypeError(`cycle ${started.cycle} has no account`);
  const instrument = instrumentOf(setup);
  const earlier = storage.journal.readCycle(started.cycle);
  const live = await prices.open({ venue: identity.venue, url: options.url ?? setup.market.url });
  let feed: FollowedPrices | undefined;
  const cancelStop = stop.onAbort((reason) => feed?.leave(reason));
  try {
    const minutes = await followPrices({
      market: live,
      instrument,
      interval: '1m',
      clock: prices.clock,
      history: HISTORY,
    });
    feed = minutes;
    if (stop.aborted) throw new Fault('halted', stop.reason ?? 'stopped', 'Start again.');
    const missed = await readMissed({
      market: live,
      steady: prices.steady,
      instrument,
      interval: setup.interval,
      from: playedUntil(earlier, setup.interval),
      now: minutes.clock.now(),
    });
    const spawned = earlier.find(({ type }) => type === 'agent.spawned');
    const shadow =
      identity.environment !== 'shadow' || spawned === undefined
        ? undefined
        : createShadow({
            instrument,
            agentId: payloadOf(spawned, 'agent.spawned').agentId,
            journal: openCycleJournal(storage.journal, started.cycle, started.runId, onRecord),
            look: shadowBook(live, instrument, minutes),
            earlier,
          });
    const resting: Resting = {
      // What execution wrote, as the hashes prove.
      records: earlier
        .filter(({ type }) => ORDER.test(type))
        .map(({ type, ts, payload }) => ({ type, ts, payload }) as unknown as ExecutionRecord),
      missed: missed.candles,
      from: missed.from,
      until: missed.to,
      ...(leftover.offlineSince === undefined
        ? {}
        : {
            window: {
              from: missed.from,
              to: missed.to,
              candles: missed.candles.length,
              minutesWithout: missed.minutesWithout,
            },
          }),
      shadow,
    };
    const here = { ...parts, account, market: { clock: minutes.clock, feed: minutes }, instruments: [instrument] };
    await settle(leftover, { ...here, resting }, onRecord);
  } finally {
    cancelStop();
    feed?.leave('it was ended');
    await live.close();
  }
}
