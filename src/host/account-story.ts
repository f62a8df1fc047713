import { openAccount, type TradingAccount } from '#core/cycle/account.ts';
import { type AccountScope, payloadOf } from '#core/cycle/records.ts';
import { replayReservation } from '#core/cycle/reservation-records.ts';
import { type Decimal, max, parseDecimal } from '#core/domain/decimal.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Asset } from '#core/domain/money.ts';
import { fillFromPayload } from '#core/execution/records.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { type HighWater, utcDayOf } from '#core/risk/high-water.ts';
import { createReservationBook } from '#core/risk/reservation-book.ts';
import type { Leftover } from './leftovers.ts';

const ENDS: ReadonlySet<string> = new Set(['cycle.completed', 'cycle.failed', 'cycle.interrupted']);

/** What changes the books: a fill of ours, or what the venue says is held without one. */
type FillRecord = JournalRecord & { readonly type: 'order.filled' | 'position.external' };
const isFill = (record: JournalRecord): record is FillRecord =>
  record.type === 'order.filled' || record.type === 'position.external';

export type RestoredAccount = {
  readonly account: TradingAccount;
  /** Time of the newest record on it. */
  readonly lastTs: UnixMs;
  /** Cycles on it that were cut off by the end of a process. */
  readonly leftovers: readonly Leftover[];
};

/** What the records of one account say. They are given in their order; then the account stands as it stood after the last of them. */
export type AccountStory = {
  /** A record of one of its cycles, of the orders by hand on it, or that it begins anew. */
  take(record: JournalRecord): void;
  /** `instrumentOf` answers the rules of a fill; what it throws is passed on. */
  restore(instrumentOf: (id: InstrumentId, cycle: number) => Instrument): RestoredAccount;
};

export type AccountOpening = {
  readonly scope: AccountScope;
  readonly asset: Asset;
  readonly cash: Decimal;
  readonly at: UnixMs;
};

export function createAccountStory({ scope, asset, cash, at }: AccountOpening): AccountStory {
  const open = new Map<number, JournalRecord>();
  const fills: FillRecord[] = [];
  const lastOf = new Map<number, UnixMs>();
  let begun = { cash, at };
  let peak = cash;
  let day: Pick<HighWater, 'day' | 'dayStartEquity'> = { day: utcDayOf(at), dayStartEquity: cash };
  const reservations = createReservationBook();
  let lastTs = at;
  const beginAnew = (record: JournalRecord): void => {
    begun = { cash: parseDecimal(payloadOf(record, 'account.reset').cash), at: record.ts };
    fills.length = 0;
    peak = begun.cash;
    day = { day: utcDayOf(begun.at), dayStartEquity: begun.cash };
    reservations.clear();
  };

  return {
    take(record) {
      if (record.ts > lastTs) lastTs = record.ts;
      lastOf.set(record.cycle, unixMs(Math.max(record.ts, lastOf.get(record.cycle) ?? 0)));
      if (record.type === 'cycle.started') open.set(record.cycle, record);
      if (record.type === 'account.reset') beginAnew(record);
      if (isFill(record)) fills.push(record);
      // Journals of earlier versions tell the peak at the end of a cycle only. Never the smaller one: a peak is not forgotten.
      if (record.type === 'cycle.completed')
        peak = max(peak, parseDecimal(payloadOf(record, 'cycle.completed').peakEquity));
      if (record.type === 'risk.marked') {
        const marked = payloadOf(record, 'risk.marked');
        peak = max(peak, parseDecimal(marked.peakEquity));
        day = { day: utcDayOf(record.ts), dayStartEquity: parseDecimal(marked.dayStartEquity) };
      }
      replayReservation(reservations, record);
      if (ENDS.has(record.type)) open.delete(record.cycle);
    },
    restore(instrumentOf) {
      const account = openAccount({
        scope,
        asset,
        startingCash: begun.cash,
        openedAt: begun.at,
        highWater: { peakEquity: peak, ...day },
        reservations,
      });
      for (const record of fills) {
        const fill = fillFromPayload(payloadOf(record, record.type), record.ts);
        account.book(fill, instrumentOf(fill.instrumentId, record.cycle));
        account.mark(fill.instrumentId, fill.price, fill.tsEvent);
      }
      const leftovers = [...open.values()].map(
        (started): Leftover => ({
          started,
          why: 'the program ended before the cycle did',
          kind: 'interrupted',
          offlineSince: lastOf.get(started.cycle) ?? started.ts,
        }),
      );
      return { account, lastTs, leftovers };
    },
  };
}
