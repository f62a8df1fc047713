import type { TradingAccount } from '#core/cycle/account.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { asset } from '#core/domain/money.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { createAccountStory } from './account-story.ts';
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
  /** Told every record of the journal in order, for whoever else reads all of it. */
  readonly onRecord?: (record: JournalRecord) => void;
};

const PAGE = 2_000;

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
 * The standing simulated account as the journal tells it: opened once or begun anew, then every fill of its cycles in order. Start-up and
 * recovery after a crash are this same path.
 */
export function openStandingAccount({
  journal,
  instruments,
  opening,
  onRecord,
}: StandingAccountOptions): StandingAccount {
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
  const story = createAccountStory({
    scope: 'standing',
    asset: asset(first.asset),
    cash: parseDecimal(first.cash),
    at: opened.ts,
  });
  const ours = new Set<number>();
  let newestCycle = 0;
  for (const record of allRecords(journal)) {
    onRecord?.(record);
    newestCycle = Math.max(newestCycle, record.cycle);
    if (record.type === 'cycle.started' && payloadOf(record, 'cycle.started').account === 'standing')
      ours.add(record.cycle);
    const byHand = record.cycle === SYSTEM_CYCLE && record.runId === MANUAL_RUN;
    if (record.type === 'account.reset' || byHand || ours.has(record.cycle)) story.take(record);
  }
  const restored = story.restore((id) => {
    const instrument = byId.get(id);
    if (instrument !== undefined) return instrument;
    throw new Fault(
      'storage',
      `the journal holds a fill of ${id}, which is not listed`,
      'restore resources/instruments',
    );
  });
  return { ...restored, marketSeed: first.marketSeed, newestCycle };
}
