import { assessmentOfRecords, recorded } from '#core/cycle/recorded-context.ts';
import { payloadOf } from '#core/cycle/records.ts';
import { Fault } from '#core/kernel/fault.ts';
import { factView } from '#core/projections/cycle-parts.ts';
import { marketSourceText } from '#core/projections/market-source-text.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { findRun } from '../find-run.ts';
import type { EngineParts } from '../parts.ts';

/** What a run knew, read from its records alone: nothing is computed anew. */
export function createFactsHandlers(
  { storage }: EngineParts,
  newestCycle: () => number,
): Pick<AppHandlers, 'receipts.facts'> {
  return {
    'receipts.facts'({ run }) {
      const records = findRun(storage.journal, newestCycle(), run);
      const started = recorded(records, 'cycle.started');
      const snapshot = recorded(records, 'market.snapshot');
      const record = records.findLast(({ type }) => type === 'context.built');
      if (started === undefined || snapshot === undefined || record === undefined)
        throw new Fault(
          'not_found',
          `run ${run} ended before it had facts`,
          'see how it ended with mt agents, or in the log: mt logs',
        );
      const { facts, patterns = [], hash: contextHash } = payloadOf(record, 'context.built');
      const cited = new Set(assessmentOfRecords(records)?.evidence ?? []);
      return {
        cycle: record.cycle,
        runId: record.runId,
        environment: started.environment,
        instrument: started.symbol,
        interval: started.interval,
        marketSource: marketSourceText(started.market),
        asOf: started.at,
        candles: snapshot.candles,
        firstOpen: snapshot.firstOpen,
        lastClose: snapshot.lastClose,
        gaps: snapshot.gaps,
        dataAgeMs: snapshot.dataAgeMs,
        snapshotHash: snapshot.hash,
        contextHash,
        recordSeq: record.seq,
        recordHash: record.hash,
        facts: facts.map((fact) => ({ ...factView(fact), cited: cited.has(fact.id) })),
        patterns: patterns.map((pattern) => ({ ...pattern })),
        asked: records.some(({ type }) => type === 'analyst.asked'),
      };
    },
  };
}
