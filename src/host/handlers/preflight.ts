import { atWork } from '#core/cycle/account.ts';
import { preflightOf } from '#core/cycle/preflight.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import type { EngineParts } from '../parts.ts';

const LONGEST = 400;

/** What a press on the standing account would meet. `unsettled` counts the cycles of earlier processes that are not ended yet. */
export const createPreflightHandlers = (
  parts: EngineParts,
  status: () => EngineStatus,
  unsettled: () => number,
): Pick<AppHandlers, 'cycle.preflight'> => ({
  'cycle.preflight'({ instrument }) {
    const { account, limitBook, tradingState } = parts;
    const { journal, feed, mode, analyst } = status();
    const rows = preflightOf({
      ...atWork(account),
      peakEquity: account.peakEquity(),
      dayStartEquity: account.dayStartEquity(),
      quoteAsset: account.asset,
      unsettled: unsettled(),
      journalFault: journal.writable ? null : (journal.why ?? 'look at Health'),
      dataAgeMs: feed.ageMs,
      dataFault: parts.dataFault(),
      instrument,
      known: parts.instruments.some(({ symbol }) => symbol === instrument),
      limits: limitBook.limits(),
      mode,
      tradingState: tradingState.state(),
      analyst,
    }).map((row) => ({ ...row, detail: row.detail.slice(0, LONGEST), remedy: row.remedy?.slice(0, LONGEST) ?? null }));
    return { ready: rows.every(({ state }) => state !== 'blocked'), rows };
  },
});
