import type { ColumnFamily, ColumnMarket, ColumnStrategy } from '../../agent/column-family.ts';
import { add, type Decimal, formatDecimal, multiply, quantizeFloat, sum, ZERO } from '../../domain/decimal.ts';
import { type AgentId, unixMs } from '../../domain/ids.ts';
import { createSimulatedVenue } from '../../execution/simulated-venue.ts';
import { createIdFactory, type Digest } from '../../kernel/ids.ts';
import { createRng } from '../../kernel/rng.ts';
import { finestStep } from '../../market/price-ticks.ts';
import { type Looked, reveal, StrategyError } from '../engine.ts';
import type { PlayHooks } from '../play-columns.ts';
import { createSeriesView, type StepBudget } from '../series-view.ts';
import { viewColumns } from '../view-columns.ts';
import { createColumnDesk, type SharedAccount } from './column-desk.ts';
import { playInOrder } from './event-order.ts';
import { createMarketBooks } from './market-books.ts';
import type { Where } from './market-tables.ts';
import { createCurve, type PlayedPortfolio } from './played.ts';
import { type PreparedMarket, type PreparedPortfolio, venueOf } from './prepare-portfolio.ts';
import { createBookReader } from './recorded-books.ts';

/** Whose orders these are, where no agent was spawned. */
const STRATEGY = 'A-strategy' as AgentId;

/** Plays one strategy for each market, all on one account. Throws StrategyError when a strategy fails. */
export function playColumnsTogether(
  portfolio: PreparedPortfolio,
  family: ColumnFamily,
  digest: Digest,
  hooks: PlayHooks,
): PlayedPortfolio {
  const { cash, feeBps, params, profiles, seed, feeCoins, runHash } = portfolio;
  const ids = createIdFactory(digest, { portfolio: runHash });
  const warmUp = family.warmUp(params);
  const budget: StepBudget = { left: 0, perDecision: hooks.stepsPerDecision };
  const account: SharedAccount = {
    cash: () => add(cash, sum(places.map(({ books }) => books.cash()))),
    equity: () => add(account.cash(), sum(places.map((place) => multiply(place.books.held(), place.mark)))),
    reserved: () => sum(places.map(({ desk }) => desk.reserved())),
  };

  const placeOf = (market: PreparedMarket, number: number) => {
    const { run, instrument, grid, conditions } = market;
    const [traded, ...others] = run.series;
    const books = createMarketBooks({ instrument, grid, feeCoins });
    const venue = createSimulatedVenue({
      instrument,
      feeBps,
      ids,
      ...venueOf(market, number),
      // Without limits nobody asks what the account can pay.
      ...(profiles.limits === 'default' ? { cash: () => account.cash() } : {}),
      ...(instrument.margin === undefined
        ? {}
        : { margin: { cash: () => account.cash(), onInterest: ({ amount }) => books.interest(amount.amount) } }),
      onCost: (_trade, spread, impact) => books.cost(spread, impact),
    });
    const place = {
      market,
      books,
      venue,
      mark: ZERO,
      now: unixMs(0),
      where: { candle: 0, time: 0 } as Where,
      bookAt: createBookReader(conditions.books),
      view: createSeriesView(viewColumns(traded, run.grid.tick), budget),
      looked: others.map((other) => lookedAt(other, finestStep(other.columns))),
      strategy: family.create(params, number === 0 ? createRng(seed) : createRng(seed).fork(`market ${number}`)),
      held: 0,
    };
    const desk = createColumnDesk({
      market,
      venue,
      books,
      account,
      agentId: STRATEGY,
      ids,
      now: () => ({ ts: place.now, mark: place.mark, where: place.where }),
    });
    return Object.assign(place, { desk });
  };
  const lookedAt = (series: PreparedMarket['run']['series'][number], tick: Decimal): Looked => {
    const columns = viewColumns(series, tick);
    return { view: createSeriesView(columns, budget), columns, next: 0 };
  };
  const places = portfolio.markets.map(placeOf);
  const shown = places.map((place, i): ColumnMarket & { readonly looked: readonly Looked[] } => {
    // Other intervals of its own market first, then what the other markets trade.
    const others = places.flatMap(({ market: { run } }, j) =>
      i === j ? [] : [lookedAt(run.series[0], run.grid.tick)],
    );
    const looked = [...place.looked, ...others];
    return { series: [place.view, ...looked.map(({ view }) => view)], desk: place.desk, looked };
  });
  const curve = createCurve(portfolio);

  const decideOn = (index: number, number: number, strategy: ColumnStrategy): void => {
    const place = places[number] as (typeof places)[number];
    const market = shown[number] as (typeof shown)[number];
    place.view.moveTo(index);
    for (const other of market.looked) reveal(other, place.now);
    if (index + 1 < warmUp) return;
    budget.left = budget.perDecision;
    try {
      strategy(market);
    } catch (error) {
      throw new StrategyError(error, place.now);
    }
  };

  hooks.onLoop?.('begin');
  try {
    playInOrder(
      places.map(({ market: { run } }) => ({ columns: run.series[0].columns, detail: run.detail?.columns })),
      {
        open(number, candle, index) {
          const place = places[number] as (typeof places)[number];
          place.where = { candle: index, time: place.market.run.series[0].columns.openTime[index] as number };
          place.venue.openCandle(candle, place.bookAt(candle.openTime));
        },
        close: (number) => places[number]?.venue.closeCandle(),
        mark(number, candle) {
          const place = places[number] as (typeof places)[number];
          place.mark = quantizeFloat(candle.close, place.market.run.grid.tick, 'half-up');
          place.now = candle.closeTime;
          if (place.books.held().units !== 0n) place.held += 1;
        },
        marked: (at) =>
          curve.add(
            at,
            account.equity(),
            places.some(({ books }) => books.held().units !== 0n),
          ),
        decide: (number, _candle, index) =>
          decideOn(index, number, (places[number] as (typeof places)[number]).strategy),
        end: () => {},
      },
    );
  } finally {
    hooks.onLoop?.('end');
  }
  return {
    ...curve.done(),
    finalCash: formatDecimal(account.cash()),
    finalEquity: formatDecimal(account.equity()),
    markets: places.map(({ books, mark, held, desk }) => ({
      books: books.done(mark),
      candlesHeld: held,
      refused: desk.refusals(),
      warmUp,
    })),
  };
}
