import { sha256 } from '#adapters/digest/sha256.ts';
import { closeOut, heldOf } from '#core/cycle/close-out.ts';
import { openCycleJournal } from '#core/cycle/cycle-journal.ts';
import { payloadOf } from '#core/cycle/records.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import type { EngineParts } from './parts.ts';

/**
 * Ends the cycles that a crash cut off: closes what their agents still held and writes that they were interrupted. Runs before the
 * first new cycle; the same path serves a cycle that failed while it held a position.
 */
export async function recover(unfinished: readonly JournalRecord[], parts: EngineParts): Promise<void> {
  for (const started of unfinished) await endInterrupted(started, parts);
}

async function endInterrupted(started: JournalRecord, parts: EngineParts): Promise<void> {
  const { storage, account, market, instruments, tradingState, logger } = parts;
  const setup = payloadOf(started, 'cycle.started');
  const instrument = instruments.find(({ id }) => id === setup.instrumentId);
  const journal = openCycleJournal(storage.journal, started.cycle, started.runId, () => {});
  const spawned = storage.journal.readCycle(started.cycle).find((record) => record.type === 'agent.spawned');
  const held = instrument === undefined ? undefined : heldOf(account, instrument);
  let reason = 'the program ended before the cycle did; nothing was held';
  if (instrument !== undefined && spawned !== undefined && held !== undefined) {
    const { agentId, spec } = payloadOf(spawned, 'agent.spawned');
    await closeOut({
      setup: {
        instrument,
        interval: setup.interval,
        feeBps: parseDecimal(setup.feeBps),
        halfSpreadBps: parseDecimal(setup.halfSpreadBps),
      },
      account,
      feed: market.feed,
      journal,
      // Ids of its own: the cycle's counters went with its process.
      ids: createIdFactory(sha256, { recovers: started.runId, cycle: started.cycle, at: market.clock.now() }),
      agentId,
      envelope: spec.envelope,
      tradingState: tradingState.state(),
      now: market.clock.now(),
    });
    reason = 'the program ended before the cycle did; its position was closed at market';
  }
  journal.write('cycle.interrupted', market.clock.now(), { reason });
  logger.warn('a cycle was interrupted', { cycle: started.cycle, reason });
}
