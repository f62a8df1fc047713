import { createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { type Announcement, createAlertDesk, type Raised } from '#core/alerts/alert-desk.ts';
import { ALERT_KINDS, ruleOf } from '#core/alerts/kinds.ts';
import type { SeenPrices } from '#core/alerts/price-watch.ts';
import { createRecordReader } from '#core/alerts/record-reader.ts';
import type { Alert } from '#core/alerts/types.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import type { Clock } from '#core/kernel/clock.ts';
import type { AlertQuery, AlertStore } from '#core/ports/alert-store.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { AlertKindView } from '#shared/contract/alerts.ts';
import type { Preferences } from '#shared/contract/preferences.ts';
import { type MuteBook, openMuteBook } from './mute-book.ts';
import { openPriceBook, type PriceBook } from './price-book.ts';
import { minuteOfDay } from './time-of-day.ts';

export type { Announcement, Raised };

/** The Alert centre of one engine: what it holds, who may add to it, and what the master set about it. */
export type Alerts = {
  /** Whoever knows of something that the records do not tell. Never throws. */
  raise(raised: Raised): void;
  /** Takes in a record while the journal is read at the start; each of them once, in order. */
  note(record: JournalRecord): void;
  /** After the last of them: tells what happened since somebody was last told, as after a crash. */
  begin(): void;
  /** New records. They are looked at in a moment, so that no order waits for an alert. */
  heard(records: readonly JournalRecord[]): void;
  list(query: AlertQuery): { readonly alerts: readonly Alert[]; readonly unread: number };
  markRead(ids: readonly number[] | 'all'): { readonly changed: number; readonly unread: number };
  kinds(): readonly AlertKindView[];
  /** Throws Fault `refused` for what must always be told. */
  mute: MuteBook['mute'];
  readonly prices: Pick<PriceBook, 'list' | 'set' | 'remove'>;
  /** A closed candle of a market that is followed; `at` dates the record when it reaches something. */
  seePrices(seen: SeenPrices, at: UnixMs): void;
  /** Whether prices of a market have come in of late. */
  isWatched(market: string, symbol: string): boolean;
  close(): void;
};

export type AlertsOptions = {
  readonly store: AlertStore;
  /** The journal as the engine writes it; there only when the first of them is asked for. */
  readonly journal: () => JournalStore;
  /** Those of the simulated market. */
  readonly instruments: readonly Pick<Instrument, 'id' | 'symbol' | 'tickSize'>[];
  readonly preferences: () => Pick<Preferences, 'quietHours' | 'timeZone'>;
  readonly logger: Logger;
  /** Told of every row; the faces and the desktop hear of it here. */
  readonly onAnnounce: (announcement: Announcement, unread: number) => void;
  readonly onUnread: (unread: number) => void;
  /** The machine's; another one only in tests. */
  readonly clock?: Clock;
};

/** A market whose last candle is older than this is not followed any more. */
const WATCHED_MS = 10 * 60_000;

export function openAlerts(options: AlertsOptions): Alerts {
  const { store, journal, instruments, preferences, logger, clock = createSystemClock() } = options;
  const mutes = openMuteBook(journal);
  const prices = openPriceBook(journal);
  const lastSeen = new Map<string, UnixMs>();
  const unread = (): number => {
    try {
      return store.unread();
    } catch (error) {
      logger.error('the unread alerts could not be counted', error);
      return 0;
    }
  };
  const desk = createAlertDesk({
    store,
    clock,
    settings: () => ({ muted: mutes.muted(), quietHours: preferences().quietHours }),
    minuteOfDay: (at) => minuteOfDay(at, preferences().timeZone),
    onAnnounce: (announcement) => options.onAnnounce(announcement, unread()),
    onError: (error) => logger.error('an alert could not be kept', error),
  });
  const reader = createRecordReader({ clock, instruments, raise: (raised) => void desk.raise(raised) });
  /** What was heard and not looked at yet. */
  let pending: JournalRecord[] = [];
  let newest = 0;
  let begun = false;
  let soon: NodeJS.Immediate | undefined;
  /** What the journal said at the start and nobody was told. */
  const missed: JournalRecord[] = [];
  const told = safely(() => store.reach(), undefined);

  function safely<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      logger.error('the alerts could not be looked after', error);
      return otherwise;
    }
  }
  /** Of a venue's market the tick is not known here. */
  const decimalsOf = ({ market, symbol }: Pick<SeenPrices, 'market' | 'symbol'>): number | null =>
    market === 'simulated' ? (instruments.find((one) => one.symbol === symbol)?.tickSize.scale ?? null) : null;
  const keepReach = (): void => {
    const waiting = reader.waitingSince();
    safely(() => store.setReach(waiting === undefined ? newest : waiting - 1), undefined);
  };
  const readAll = (records: readonly JournalRecord[]): void => {
    for (const record of records) safely(() => reader.read(record), undefined);
    if (records.length > 0) keepReach();
  };
  const settle = (): void => {
    clearImmediate(soon);
    soon = undefined;
    const records = pending;
    pending = [];
    readAll(records);
  };

  return {
    raise: (raised) => void desk.raise(raised),
    note(record) {
      mutes.note(record);
      prices.note(record);
      newest = record.seq;
      if (told !== undefined && record.seq > told) missed.push(record);
      else reader.note(record);
    },
    begin() {
      begun = true;
      readAll(missed.splice(0));
      keepReach();
    },
    heard(records) {
      const last = records.at(-1);
      // What is written while the journal is read for the first time is read with it.
      if (last === undefined || !begun) return;
      newest = last.seq;
      pending.push(...records);
      soon ??= setImmediate(settle).unref();
    },
    list(query) {
      settle();
      return { alerts: store.list(query), unread: store.unread() };
    },
    markRead(ids) {
      const answer = { changed: store.markRead(ids), unread: store.unread() };
      if (answer.changed > 0) options.onUnread(answer.unread);
      return answer;
    },
    kinds: () =>
      ALERT_KINDS.map((kind) => {
        const { urgency, os, sound, mutable, on } = ruleOf(kind);
        const muted = mutes.muted().includes(kind);
        return { kind, urgency, os, sound, mutable, muted, onMade: on.made, onVenues: on.venue };
      }),
    mute: (kind, muted, ts) => mutes.mute(kind, muted, ts),
    prices,
    seePrices(seen, at) {
      const { market, symbol } = seen;
      lastSeen.set(`${market}|${symbol}`, clock.now());
      const reached = safely(() => prices.see(seen, at), []);
      for (const { alert, price } of reached)
        desk.raise({
          kind: 'price_reached',
          facts: {
            symbol,
            price,
            priceDecimals: decimalsOf(alert),
            side: alert.side,
            level: alert.level,
            label: market,
          },
          environment: market === 'simulated' ? 'simulated' : 'paper',
          link: '/market',
          about: `${alert.id}|${clock.now()}`,
        });
    },
    isWatched: (market, symbol) => clock.now() - (lastSeen.get(`${market}|${symbol}`) ?? 0) < WATCHED_MS,
    close() {
      settle();
      safely(() => reader.flush(), undefined);
      keepReach();
      desk.stop();
    },
  };
}
