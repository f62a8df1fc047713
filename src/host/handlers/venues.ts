import { randomBytes } from 'node:crypto';
import { createSteadyClock, createSystemClock } from '#adapters/clock-system/system-clock.ts';
import { knownExchangeIds } from '#adapters/venue-ccxt/load-exchange.ts';
import type { ExchangeKeys as VenueKeys } from '#adapters/venue-ccxt/open-exchange.ts';
import { openLiveMarket } from '#adapters/venue-ccxt/open-live-market.ts';
import { runVenueCheck } from '#adapters/venue-ccxt/run-check.ts';
import { traitsOf, VENUES } from '#adapters/venue-ccxt/venues/table.ts';
import { unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { ExchangeKeys } from '#core/ports/exchange-keys.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { VenueRow } from '#shared/contract/venues.ts';
import { listedAt } from '../paper/venue-cycle-market.ts';
import type { EngineParts } from '../parts.ts';
import { fetchCandles } from '../venues/fetch-candles.ts';
import { openGrades, type StoredGrade } from '../venues/grades.ts';

type VenueHandlers = Pick<AppHandlers, 'venue.list' | 'venue.check' | 'data.fetch'>;

const GAPS_SHOWN = 100;

const rowOf = (id: string, grade: StoredGrade | undefined): VenueRow => {
  const traits = traitsOf(id);
  return {
    id,
    grade: grade === undefined ? traits.grade : grade.failed > 0 ? 'failed' : 'checked',
    checkedAt: grade?.at ?? null,
    against: grade?.against ?? null,
    clientId: traits.clientId.field,
    idUnique: traits.clientId.unique,
    lookup: traits.lookup,
    requestExpiry: traits.expiry !== undefined,
    deadMan: traits.deadMan,
    bookCheck: traits.bookCheck,
    indexLagMs: traits.indexLagMs,
  };
};

/** The keys that a check uses: the named ones, else the only ones of the venue; none is no fault, the market alone is checked then. */
function keysFor(keys: ExchangeKeys, venue: string, name: string | undefined): VenueKeys | undefined {
  const mine = keys.names().filter((one) => (name === undefined ? one.venue === venue : one.name === name));
  const [only] = mine;
  if (only === undefined && name !== undefined) keys.read(name);
  if (mine.length > 1)
    throw new Fault(
      'usage',
      `there are several keys of ${venue}: ${mine.map((one) => one.name).join(', ')}`,
      'name the ones to use with --key',
    );
  if (only === undefined) return undefined;
  const { apiKey, secret, password } = keys.read(only.name);
  return { apiKey, secret, ...(password === undefined ? {} : { passphrase: password }) };
}

export function createVenueHandlers(parts: EngineParts, gradesPath: string): VenueHandlers {
  const { storage, news, exchangeKeys } = parts;
  const grades = openGrades(gradesPath);
  const clocks = { wall: createSystemClock(), steady: createSteadyClock() };
  const base = { clocks, chance: Math.random };

  return {
    'venue.list'() {
      const stored = grades.all();
      const own = VENUES.map(({ id }) => id);
      const listed = [...own, ...stored.map(({ id }) => id).filter((id) => !own.includes(id))];
      return {
        venues: listed.map((id) =>
          rowOf(
            id,
            stored.find((grade) => grade.id === id),
          ),
        ),
        others: knownExchangeIds().filter((id) => !listed.includes(id)),
      };
    },
    async 'venue.check'({ id, sandbox, url, key }) {
      const keys = keysFor(exchangeKeys, id, key);
      const against = url === undefined ? 'sandbox' : 'local';
      const steps = await runVenueCheck({
        ...base,
        id,
        sandbox,
        ...(url === undefined ? {} : { url }),
        ...(keys === undefined ? {} : { keys }),
        freshDigits: () => randomBytes(8).toString('hex'),
        onStep: (step) => news.publish({ name: 'venue.check_step', payload: { id, step: shown(step) } }),
      });
      const counted = (outcome: string): number => steps.filter((step) => step.outcome === outcome).length;
      const totals = { passed: counted('passed'), failed: counted('failed'), skipped: counted('skipped') };
      // Without an account nothing that costs money was tried, so that is no grade.
      if (keys !== undefined || totals.failed > 0) grades.put({ id, at: clocks.wall.now(), against, ...totals });
      const grade = rowOf(
        id,
        grades.all().find((one) => one.id === id),
      ).grade;
      return { id, against, grade, steps: steps.map(shown), ...totals };
    },
    async 'data.fetch'({ venue, instrument, interval, from, to, url }) {
      const market = await openLiveMarket({ ...base, id: venue, ...(url === undefined ? {} : { url }) });
      try {
        const found = await listedAt(market, instrument);
        const end = to ?? market.venueNow();
        if (end <= from) throw new Fault('usage', 'the period ends before it begins', 'Give a later --to.');
        const { fetched, added } = await fetchCandles({
          market,
          store: storage.candles,
          steady: clocks.steady,
          instrumentId: found.id,
          interval,
          from: unixMs(from),
          to: unixMs(end),
          onProgress: (at, fetchedSoFar) =>
            news.publish({
              name: 'data.progress',
              payload: { venue, instrument, interval, at, from, to: end, fetched: fetchedSoFar },
            }),
        });
        const stored = storage.candles
          .list()
          .find((series) => series.instrumentId === found.id && series.interval === interval);
        const gaps = storage.candles.gaps(found.id, interval);
        return {
          venue,
          instrument,
          interval,
          fetched,
          added,
          candles: stored?.candles ?? 0,
          firstOpen: stored?.firstOpen ?? null,
          lastOpen: stored?.lastOpen ?? null,
          gaps: gaps.slice(0, GAPS_SHOWN),
          gapCount: gaps.length,
        };
      } finally {
        await market.close();
      }
    },
  };
}

const SHORT = 400;
/** A step as the contract takes it: a venue's words may be long. */
const shown = <S extends { readonly detail: string }>(step: S): S => ({ ...step, detail: step.detail.slice(0, SHORT) });
