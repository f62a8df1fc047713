import type { TradingAccount } from '#core/cycle/account.ts';
import type { InstrumentTerms } from '#core/cycle/paper-records.ts';
import { draft, type PayloadOf, payloadOf } from '#core/cycle/records.ts';
import { add, type Decimal, formatDecimal, parseDecimal, ZERO } from '#core/domain/decimal.ts';
import type { CycleEnvironment } from '#core/domain/environment.ts';
import type { InstrumentId, UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { type Asset, asset as assetOf } from '#core/domain/money.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { type AccountStory, createAccountStory } from '../account-story.ts';
import type { Leftover } from '../leftovers.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

/** Whose prices an account trades, and how. What a stand-in shows has nothing to do with what the venue itself would. */
export type PaperIdentity = {
  readonly environment: Exclude<CycleEnvironment, 'simulated'>;
  readonly venue: string;
  readonly standIn: boolean;
  readonly asset: Asset;
};

/** Orders that were compared with a venue's book, and by how much it was worse than the simulation in all, in basis points. */
export type Compared = { orders: number; sumBps: Decimal };

export type PaperAccount = {
  readonly identity: PaperIdentity;
  readonly name: string;
  readonly account: TradingAccount;
  readonly compared: Readonly<Compared>;
};

/** The accounts for venues' live prices. Each is opened once and lasts: nothing resets one. */
export type PaperAccounts = {
  all(): readonly PaperAccount[];
  find(identity: PaperIdentity): PaperAccount | undefined;
  /** Opens one on the record. Only for an identity that has none. */
  open(identity: PaperIdentity, cash: Decimal, ts: UnixMs): PaperAccount;
  /** A record of a cycle on one of them, as it is written. */
  note(record: JournalRecord): void;
  /** Cycles on them that earlier processes did not end. */
  readonly leftovers: readonly Leftover[];
};

/** `paper on binance in USDT`. */
export const paperName = ({ environment, venue, standIn, asset }: PaperIdentity): string =>
  `${environment} on ${standIn ? `a stand-in for ${venue}` : venue} in ${asset}`;

/** Undefined for a cycle that did not trade a venue's prices. */
export function identityOf(started: JournalRecord): PaperIdentity | undefined {
  const { environment, market, quoteAsset } = payloadOf(started, 'cycle.started');
  if (environment === 'simulated' || market.venue === undefined) return undefined;
  return { environment, venue: market.venue, standIn: market.url !== undefined, asset: assetOf(quoteAsset) };
}

/** The rules that the venue had when a cycle began on it. */
export function instrumentOf({ instrumentId, symbol, market }: PayloadOf<'cycle.started'>): Instrument {
  const { terms, venue } = market;
  if (terms === undefined || venue === undefined) throw new TypeError(`${symbol} was traded without terms`);
  return {
    id: instrumentId,
    symbol,
    venue: venue.toUpperCase(),
    base: assetOf(terms.base),
    quote: assetOf(terms.quote),
    tickSize: parseDecimal(terms.tickSize),
    lotSize: parseDecimal(terms.lotSize),
    minQuantity: parseDecimal(terms.minQuantity),
    minNotional: parseDecimal(terms.minNotional),
    quoteScale: terms.quoteScale,
  };
}

export const termsOf = (instrument: Instrument): InstrumentTerms => ({
  base: instrument.base,
  quote: instrument.quote,
  tickSize: formatDecimal(instrument.tickSize),
  lotSize: formatDecimal(instrument.lotSize),
  minQuantity: formatDecimal(instrument.minQuantity),
  minNotional: formatDecimal(instrument.minNotional),
  quoteScale: instrument.quoteScale,
});

type Kept = { readonly identity: PaperIdentity; readonly story: AccountStory; readonly compared: Compared };

/** Gathers what a pass over the journal says of these accounts. */
export function gatherPaperAccounts(): {
  take(record: JournalRecord): void;
  restore(journal: JournalStore): PaperAccounts;
} {
  const known = new Map<string, Kept>();
  const cycles = new Map<number, { readonly kept: Kept; readonly started: JournalRecord }>();

  const keep = (identity: PaperIdentity, cash: Decimal, at: UnixMs): Kept => {
    const story = createAccountStory({ scope: 'paper', asset: identity.asset, cash, at });
    const kept = { identity, story, compared: { orders: 0, sumBps: ZERO } };
    known.set(paperName(identity), kept);
    return kept;
  };
  const follow = (record: JournalRecord): Kept | undefined => {
    if (record.type === 'cycle.started') {
      const identity = identityOf(record);
      const kept = identity === undefined ? undefined : known.get(paperName(identity));
      if (kept !== undefined) cycles.set(record.cycle, { kept, started: record });
    }
    const kept = cycles.get(record.cycle)?.kept;
    if (kept !== undefined && record.type === 'shadow.compared') {
      kept.compared.orders += 1;
      kept.compared.sumBps = add(kept.compared.sumBps, parseDecimal(payloadOf(record, record.type).slippageBps));
    }
    return kept;
  };
  const rules = (_id: InstrumentId, cycle: number): Instrument => {
    const started = cycles.get(cycle)?.started;
    if (started === undefined) throw new TypeError(`cycle ${cycle} has no beginning`);
    return instrumentOf(payloadOf(started, 'cycle.started'));
  };

  return {
    take(record) {
      if (record.type === 'paper_account.opened') {
        const { cash, asset, ...rest } = payloadOf(record, record.type);
        keep({ ...rest, asset: assetOf(asset) }, parseDecimal(cash), record.ts);
      }
      follow(record)?.story.take(record);
    },
    restore(journal) {
      const accounts = new Map<string, PaperAccount>();
      const leftovers: Leftover[] = [];
      const stand = ({ identity, story, compared }: Kept): PaperAccount => {
        const { account, leftovers: left } = story.restore(rules);
        leftovers.push(...left);
        const one = { identity, name: paperName(identity), account, compared };
        accounts.set(one.name, one);
        return one;
      };
      for (const kept of known.values()) stand(kept);
      return {
        leftovers,
        all: () => [...accounts.values()],
        find: (identity) => accounts.get(paperName(identity)),
        note: (record) => void follow(record),
        open(identity, cash, ts) {
          const { environment, venue, standIn, asset } = identity;
          const opening = { environment, venue, standIn, asset, cash: formatDecimal(cash) };
          journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'paper_account.opened', opening)]);
          return stand(keep(identity, cash, ts));
        },
      };
    },
  };
}
