import type { TradingAccount } from '#core/cycle/account.ts';
import { draft } from '#core/cycle/records.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import type { InstrumentId, RunId, UnixMs } from '#core/domain/ids.ts';
import type { Price } from '#core/domain/money.ts';
import type { ManualDesk } from '#core/manual/manual-desk.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Breach } from '#core/risk/breakers.ts';
import { SYSTEM_CYCLE } from '../trading-state.ts';

export type AccountWatchOptions = {
  readonly journal: JournalStore;
  /** Under which the account's records stand. */
  readonly run: RunId;
  readonly account: TradingAccount;
  readonly desk: Pick<ManualDesk, 'agentId' | 'breach'>;
  /** The account has to be stopped: cancel, flatten and halt. */
  readonly onBreach: (reason: string) => void;
};

/** Keeps an account's high water over restarts, and what is held by hand under the same breakers as what an agent holds. */
export type AccountWatch = {
  /** Values a holding; a new peak or a new day is written down. */
  mark(instrumentId: InstrumentId, price: Price, ts: UnixMs): void;
  /** Tells once when a limit is breached, and again only after it was not. */
  look(ts: UnixMs): void;
};

export function watchAccount({ journal, run, account, desk, onBreach }: AccountWatchOptions): AccountWatch {
  let breached: Breach['kind'] | undefined;
  return {
    mark(instrumentId, price, ts) {
      if (!account.mark(instrumentId, price, ts)) return;
      journal.append(SYSTEM_CYCLE, [
        draft(run, ts, 'risk.marked', {
          equity: formatDecimal(account.equity()),
          peakEquity: formatDecimal(account.peakEquity()),
          dayStartEquity: formatDecimal(account.dayStartEquity()),
        }),
      ]);
    },
    look(ts) {
      const found = desk.breach();
      const told = found === undefined || found.kind === breached;
      breached = found?.kind;
      if (told) return;
      journal.append(SYSTEM_CYCLE, [
        draft(run, ts, 'risk.breached', {
          agentId: desk.agentId,
          ...found,
          equity: formatDecimal(account.equity()),
          peakEquity: formatDecimal(account.peakEquity()),
        }),
      ]);
      onBreach(found.reason);
    },
  };
}
