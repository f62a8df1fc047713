import { openAccount, type TradingAccount } from '#core/cycle/account.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import { max, parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { asset } from '#core/domain/money.ts';
import { fillFromPayload } from '#core/execution/records.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { type HighWater, utcDayOf } from '#core/risk/high-water.ts';
import type { Leftover } from './leftovers.ts';
import { MANUAL_RUN, SYSTEM_CYCLE, SYSTEM_RUN } from './trading-state.ts';

export type StandingAccount = {
  readonly account: TradingAccount;
  readonly marketSeed: number;
  /** Time of the newest record on the simulated market. */
  readonly lastTs: UnixMs;
  /** Cycles on this account that were cut off by the end of the process. */
  readonly leftovers: readonly Leftover[];
  /** Ordinal of the newest cycle of any account; 0 when there was none. */
  readonly newestCycle: number;
};

export type StandingAccountOptions = {
  readonly journal: JournalStore;
  readonly instruments: readonly Instrument[];
  /** For a fresh data folder. */
  readonly opening: { readonly asset: string; readonly cash: string; readonly marketSeed: number; readonly ts: UnixMs };
};

const PAGE = 2_000;
const ENDS: ReadonlySet<string> = new Set(['cycle.completed', 'cycle.failed', 'cycle.interrupted']);

function* allRecords(journal: JournalStore): Generator<JournalRecord> {
  for (let after = 0; ; ) {
    const page = journal.read(after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

/**
 * The standing simulated account as the journal tells it: opened once, then every fill of its cycles in order. Start-up and recovery
 * after a crash are this same path.
 */
export function openStandingAccount({ journal, instruments, opening }: StandingAccountOptions): StandingAccount {
  let opened = journal.readCycle(SYSTEM_CYCLE).find((record) => record.type === 'account.opened');
  opened ??= journal.append(SYSTEM_CYCLE, [
    draft(SYSTEM_RUN, opening.ts, 'account.opened', {
      asset: opening.asset,
      cash: opening.cash,
      marketSeed: opening.marketSeed,
    }),
  ])[0];
  if (opened === undefined) throw new TypeError('the journal answered nothing');
  const first = payloadOf(opened, 'account.opened');
  const byId = new Map(instruments.map((instrument) => [instrument.id, instrument]));

  const ours = new Set<number>();
  const open = new Set<number>();
  const facts: (JournalRecord & { readonly type: 'cycle.started' | 'order.filled' })[] = [];
  let peak = parseDecimal(first.cash);
  let day: Pick<HighWater, 'day' | 'dayStartEquity'> = { day: utcDayOf(opened.ts), dayStartEquity: peak };
  let lastTs = opened.ts;
  let newestCycle = 0;
  const lastOf = new Map<number, UnixMs>();
  for (const record of allRecords(journal)) {
    newestCycle = Math.max(newestCycle, record.cycle);
    if (record.type === 'cycle.started' && payloadOf(record, 'cycle.started').account === 'standing') {
      ours.add(record.cycle);
      open.add(record.cycle);
    }
    const byHand = record.cycle === SYSTEM_CYCLE && record.runId === MANUAL_RUN;
    if (!byHand && !ours.has(record.cycle)) continue;
    if (record.ts > lastTs) lastTs = record.ts;
    lastOf.set(record.cycle, unixMs(Math.max(record.ts, lastOf.get(record.cycle) ?? 0)));
    if (record.type === 'cycle.started' || record.type === 'order.filled') facts.push({ ...record, type: record.type });
    // Journals of earlier versions tell the peak at the end of a cycle only. Never the smaller one: a peak is not forgotten.
    if (record.type === 'cycle.completed')
      peak = max(peak, parseDecimal(payloadOf(record, 'cycle.completed').peakEquity));
    if (record.type === 'risk.marked') {
      const marked = payloadOf(record, 'risk.marked');
      peak = max(peak, parseDecimal(marked.peakEquity));
      day = { day: utcDayOf(record.ts), dayStartEquity: parseDecimal(marked.dayStartEquity) };
    }
    if (ENDS.has(record.type)) open.delete(record.cycle);
  }

  const account = openAccount({
    scope: 'standing',
    asset: asset(first.asset),
    startingCash: parseDecimal(first.cash),
    openedAt: opened.ts,
    highWater: { peakEquity: peak, ...day },
  });
  const leftovers: Leftover[] = [];
  for (const fact of facts) {
    if (fact.type === 'cycle.started') {
      if (open.has(fact.cycle))
        leftovers.push({
          started: fact,
          why: 'the program ended before the cycle did',
          kind: 'interrupted',
          offlineSince: lastOf.get(fact.cycle) ?? fact.ts,
        });
      continue;
    }
    const fill = fillFromPayload(payloadOf(fact, 'order.filled'), fact.ts);
    const instrument = byId.get(fill.instrumentId);
    if (instrument === undefined) {
      throw new Fault(
        'storage',
        `the journal holds a fill of ${fill.instrumentId}, which is not listed`,
        'restore resources/instruments',
      );
    }
    account.book(fill, instrument);
    account.mark(fill.instrumentId, fill.price, fill.tsEvent);
  }
  return { account, marketSeed: first.marketSeed, lastTs, leftovers, newestCycle };
}
