import { familyOf } from '../../agent/family-registry.ts';
import { HISTORY_CANDLES } from '../../context/build-context.ts';
import type { TradingAccount } from '../../cycle/account.ts';
import type { AnyDraft } from '../../cycle/cycle-journal.ts';
import type { ClosedCandle } from '../../domain/candle.ts';
import {
  add,
  type Decimal,
  equals,
  formatDecimal,
  multiply,
  parseDecimal,
  quantizeFloat,
  subtract,
  sum,
  ZERO,
} from '../../domain/decimal.ts';
import { type UnixMs, unixMs } from '../../domain/ids.ts';
import { INTERVAL_MS } from '../../domain/interval.ts';
import { type Price, price as priceOf } from '../../domain/money.ts';
import type { FamilyName } from '../../domain/strategy.ts';
import { fillFromPayload } from '../../execution/records.ts';
import { createIdFactory, type Digest, type IdFactory } from '../../kernel/ids.ts';
import { seriesOfColumns, sliceColumns } from '../../market/candle-columns.ts';
import type { NewsReader } from '../../news/types.ts';
import { type ReadyAgent, readyAgent, runAccount } from '../agent-player.ts';
import { plainSpec } from '../agent-spec.ts';
import { StrategyError } from '../engine.ts';
import type { PlayHooks } from '../play-columns.ts';
import { watchLevels } from '../trade-levels.ts';
import { worstFeeBps } from './conditions.ts';
import { playInOrder } from './event-order.ts';
import { createMarketBooks } from './market-books.ts';
import type { Where } from './market-tables.ts';
import { createCurve, type PlayedMarket, type PlayedPortfolio } from './played.ts';
import { type PreparedMarket, type PreparedPortfolio, venueOf } from './prepare-portfolio.ts';
import { createBookReader } from './recorded-books.ts';

type Shared = {
  readonly name: FamilyName;
  readonly digest: Digest;
  readonly ids: IdFactory;
  readonly account: TradingAccount;
  readonly portfolio: PreparedPortfolio;
  readonly warmUp: number;
  /** One account, one latch: nobody is there to resume, so what is halted stays so for the rest of the run. */
  readonly latch: { halted: boolean };
  readonly news: NewsReader | undefined;
};

/**
 * Plays a family of agents on every market of one account: on each, one agent after another, each the moment the one before has closed its
 * position, through the decision, sizing, gate, bracket, venue and ledger of the product. Cash, equity, drawdown and reservations are the
 * account's, so that what one market takes another cannot. A second bookkeeping of each market runs beside the ledger and must agree.
 */
export function playAgentsTogether(
  portfolio: PreparedPortfolio,
  name: FamilyName,
  digest: Digest,
  hooks: PlayHooks,
): PlayedPortfolio {
  const { cash, feeCoins, params, runHash, markets } = portfolio;
  const [first] = markets;
  const opens = markets.map(({ run }) => run.series[0].columns.openTime[0] as number);
  const account = runAccount(first.instrument, cash, unixMs(Math.min(...opens)), feeCoins);
  const ids = createIdFactory(digest, { portfolio: runHash });
  const shared: Shared = {
    name,
    digest,
    ids,
    account,
    portfolio,
    warmUp: familyOf(name).warmUp(params),
    latch: { halted: false },
    news: hooks.news,
  };
  const places = markets.map((market) => createPlace(market, shared));
  const curve = createCurve(portfolio);
  hooks.onLoop?.('begin');
  try {
    playInOrder(
      markets.map(({ run }) => ({ columns: run.series[0].columns, detail: run.detail?.columns })),
      {
        open: (number, candle, index) => places[number]?.open(candle, index),
        close: (number) => places[number]?.close(),
        mark: (number, candle) => places[number]?.mark(candle),
        marked: (at) =>
          curve.add(
            at,
            account.equity(),
            places.some((place) => place.holds()),
          ),
        decide: (number, candle, index) => places[number]?.decide(candle, index),
        end: (number) => places[number]?.end(),
      },
    );
  } finally {
    hooks.onLoop?.('end');
  }
  const booked = add(cash, sum(places.map((place) => place.cash())));
  if (!equals(booked, account.cash()))
    throw new Error(`two books of one run differ: ${formatDecimal(booked)} and ${formatDecimal(account.cash())}`);
  return {
    ...curve.done(),
    finalCash: formatDecimal(account.cash()),
    finalEquity: formatDecimal(account.equity()),
    markets: places.map((place) => place.done()),
  };
}

/** One market: its living agent, if there is one, and its books. */
function createPlace(market: PreparedMarket, { name, digest, ids, account, portfolio, warmUp, latch, news }: Shared) {
  const { run, instrument, grid, conditions, fees } = market;
  const [{ columns, instrumentId }] = run.series;
  const count = columns.length;
  const step = INTERVAL_MS[columns.interval];
  const books = createMarketBooks({ instrument, grid, feeCoins: portfolio.feeCoins });
  const bookAt = createBookReader(conditions.books);
  const numbers = new Map<string, number>();
  const risks = new Map<string, Decimal>();
  const levels = watchLevels();
  const spec = plainSpec(digest, {
    family: name,
    parameters: portfolio.params,
    instrumentId,
    interval: columns.interval,
    // Far enough behind the end that no agent leaves because of it: what is held then is valued at the last close.
    expiresAt: unixMs((columns.openTime[count - 1] as number) + 1_000 * step),
    seed: portfolio.seed,
  });
  let agent: ReadyAgent | undefined;
  let spawned = 0;
  let where: Where = { candle: 0, time: columns.openTime[0] as number };
  let mark: Price | undefined;
  let now = unixMs(0);
  let held = 0;
  let refused = 0;

  const write = (draft: AnyDraft): void => {
    levels.note(draft);
    const { type, ts, payload } = draft;
    if (type === 'order.submitted') {
      numbers.set(payload.clientOrderId, numbers.size + 1);
      if (payload.stop !== null && mark !== undefined)
        risks.set(payload.clientOrderId, subtract(mark, parseDecimal(payload.stop)));
    } else if (type === 'order.filled') {
      const fill = fillFromPayload(payload, ts);
      const unit = risks.get(payload.clientOrderId);
      const closed = books.fill(
        fill,
        numbers.get(payload.clientOrderId) ?? 0,
        where,
        unit === undefined ? undefined : multiply(unit, fill.quantity),
      );
      if (closed) levels.closed(payload.purpose);
    } else if (type === 'risk.denied' || type === 'order.rejected') refused += 1;
  };

  const spawn = (at: UnixMs, index: number): void => {
    spawned += 1;
    const { halfSpreadBps, ...venue } = venueOf(market, spawned);
    agent = readyAgent({
      spec,
      instrument,
      series: seriesOfColumns(sliceColumns(columns, Math.max(0, index + 1 - HISTORY_CANDLES), index + 1)),
      spawnedAt: at,
      account,
      ids,
      feeBps: worstFeeBps(fees),
      halfSpreadBps,
      venue: { ...venue, onCost: (_trade: unknown, spread: Decimal, impact: Decimal) => books.cost(spread, impact) },
      write,
      report: (fault) => {
        throw new StrategyError(fault, now);
      },
      tradingState: () => (latch.halted ? 'halted' : 'active'),
      halt: () => {
        latch.halted = true;
      },
      closingTries: Number.POSITIVE_INFINITY,
      news,
    });
    if (agent.steps.next().done === true) throw new Error(`no agent lived beyond candle ${index}`);
  };

  return {
    open(candle: ClosedCandle, index: number) {
      where = { candle: index, time: columns.openTime[index] as number };
      agent?.desk.openCandle(candle, bookAt(candle.openTime));
    },
    close: () => agent?.desk.closeCandle(),
    mark(candle: ClosedCandle) {
      now = candle.closeTime;
      mark = priceOf(quantizeFloat(candle.close, instrument.tickSize, 'half-up'));
      account.mark(instrument.id, mark, now);
      agent?.desk.onCandle(candle);
      if (agent?.desk.holding() === true) held += 1;
    },
    decide(candle: ClosedCandle, index: number) {
      if (agent?.steps.next(candle).done === true) agent = undefined;
      // Whoever comes next begins with what the account holds now; after the last candle nobody can trade any more.
      if (agent === undefined && index + 1 >= warmUp && index + 1 < count) spawn(now, index);
    },
    end() {
      while (agent !== undefined) if (agent.steps.next(undefined).done === true) agent = undefined;
    },
    holds: () => books.held().units !== 0n,
    cash: () => books.cash(),
    done(): PlayedMarket {
      const done = books.done(mark ?? ZERO);
      const trades = { ...done.trades, levels: levels.done() };
      return { books: { ...done, trades }, candlesHeld: held, refused, warmUp };
    },
  };
}
