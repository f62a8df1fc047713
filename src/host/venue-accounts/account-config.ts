import { draft, payloadOf } from '#core/cycle/records.ts';
import type { RunId, UnixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

/**
 * One account at a venue. `sandbox`: the venue's own test system, or a stand-in on this machine; orders are real there and money is not.
 * `live`: everything but new risk, which waits for the gate to live money.
 */
export type VenueAccountConfig = {
  /** The owner's word for it; its keys are stored under the same name. */
  readonly name: string;
  /** ccxt's id, such as `binance`. */
  readonly exchange: string;
  readonly environment: 'sandbox' | 'live';
  /** A stand-in on this machine. */
  readonly url?: string;
  /** What may be traded on it: symbols such as `BTC/USDT`. */
  readonly instruments: readonly string[];
};

/** Records of one account's orders and fills; they belong to no cycle. */
export const runOfAccount = (name: string): RunId => `R-account-${name}` as RunId;

/** The accounts as the journal tells them: added, and not removed since. */
export function readAccountConfigs(journal: JournalStore): readonly VenueAccountConfig[] {
  const found = new Map<string, VenueAccountConfig>();
  for (const record of journal.readCycle(SYSTEM_CYCLE)) {
    if (record.type === 'venue_account.added') {
      const { config } = payloadOf(record, 'venue_account.added');
      found.set(config.name, config);
    }
    if (record.type === 'venue_account.removed') found.delete(payloadOf(record, 'venue_account.removed').name);
  }
  return [...found.values()];
}

/** Throws Fault `refused` when the name is taken, now or by records of earlier orders at another exchange. */
export function addAccountConfig(journal: JournalStore, config: VenueAccountConfig, ts: UnixMs): void {
  const taken = journal
    .readCycle(SYSTEM_CYCLE)
    .filter((record) => record.type === 'venue_account.added')
    .map((record) => payloadOf(record, 'venue_account.added').config)
    .findLast(({ name }) => name === config.name);
  const same = taken?.exchange === config.exchange && taken.environment === config.environment;
  if (
    config.name === 'simulated' ||
    readAccountConfigs(journal).some(({ name }) => name === config.name) ||
    (taken && !same)
  )
    throw new Fault('refused', `the name ${config.name} is taken`, 'choose another name for the account');
  journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'venue_account.added', { config })]);
}

/** Forgets an account; its records stay. Throws Fault `not_found`. */
export function removeAccountConfig(journal: JournalStore, name: string, ts: UnixMs): void {
  if (!readAccountConfigs(journal).some((config) => config.name === name))
    throw new Fault('not_found', `there is no account ${name}`, 'list the accounts: mt account ls');
  journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'venue_account.removed', { name })]);
}
