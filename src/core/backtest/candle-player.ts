import { INTERVAL_MS } from '../domain/interval.ts';
import type { MatchingBook } from '../matching/book.ts';
import type { Grid } from '../matching/grid.ts';
import type { GridCandle, MatchRules, Outcome } from '../matching/types.ts';
import type { BookKeeper } from './book-keeper.ts';
import { createCandleLender, LIQUIDATION } from './candle-lender.ts';
import type { KeptFill } from './fill-table.ts';
import type { RunJournal } from './journal-columns.ts';
import { isTooSmall, type QuantityRules } from './order-rules.ts';
import type { RunDesk } from './run-desk.ts';
import type { ViewColumns } from './series-view.ts';

export type CandlePlayerOptions = {
  readonly grid: Grid;
  readonly columns: ViewColumns;
  readonly detail: ViewColumns | undefined;
  readonly book: MatchingBook;
  readonly keeper: BookKeeper;
  readonly journal: RunJournal;
  readonly desk: RunDesk;
  readonly match: MatchRules;
  readonly rules: QuantityRules | undefined;
};

/** Takes the book of orders through one candle of the traded series. */
export type CandlePlayer = {
  /** True when something filled. */
  play(index: number): boolean;
};

export function createCandlePlayer(options: CandlePlayerOptions): CandlePlayer {
  const { grid, columns, detail, book, keeper, journal, desk, match, rules } = options;
  const { openTime } = columns;
  const needsVolume = match.participation !== Number.POSITIVE_INFINITY || match.impact > 0;
  const candle = emptyCandle();
  const kept: KeptFill = {
    order: 0,
    side: 1,
    ticks: 0,
    lots: 0,
    taker: true,
    spreadTicks: 0,
    impactTicks: 0,
    candle: 0,
    time: 0,
    riskTicks: 0,
  };
  const lender = keeper.lends ? createCandleLender(book, keeper) : undefined;
  let filled = false;

  const drop = (id: number, lots: number, index: number, time: number): void => {
    book.remove(id);
    desk.forget(id);
    journal.write('canceled', time, index, id, 0, lots);
  };

  /** What is there bounds what reduces, whatever was sent: other orders may have filled meanwhile. */
  const bounded = (id: number, side: 1 | -1, lots: number): number => {
    if (!keeper.lends) return side < 0 ? Math.min(lots, keeper.held()) : lots;
    if (id !== LIQUIDATION && !desk.reduces(id)) return lots;
    return Math.min(lots, Math.max(0, -side * keeper.held()));
  };

  const refused = (side: 1 | -1, ticks: number, lots: number): boolean => {
    if (lots === 0) return true;
    if (keeper.lends) {
      if (lots <= -side * keeper.held()) return false;
      if (rules !== undefined && isTooSmall(grid, ticks, lots, rules)) return true;
      return side < 0 ? !keeper.mayBorrow(ticks, lots) : keeper.cashAfterBuying(ticks, lots) < 0n;
    }
    if (side < 0 || rules === undefined) return false;
    return isTooSmall(grid, ticks, lots, rules) || keeper.cashAfterBuying(ticks, lots) < 0n;
  };

  const fill = (outcome: Outcome, index: number, time: number): void => {
    const { order, ticks } = outcome;
    const { id, side } = order;
    const lots = bounded(id, side, outcome.lots);
    if (refused(side, ticks, lots)) return drop(id, order.lots, index, time);
    kept.order = id;
    kept.side = side;
    kept.ticks = ticks;
    kept.lots = lots;
    kept.taker = outcome.taker;
    kept.spreadTicks = outcome.spreadTicks;
    kept.impactTicks = outcome.impactTicks;
    kept.candle = index;
    kept.time = time;
    kept.riskTicks = desk.riskOf(id);
    keeper.fill(kept);
    journal.write('filled', time, index, id, ticks, lots);
    filled = true;
    for (const other of book.fill(order, lots)) drop(other.id, 0, index, time);
    // The rest has nothing to reduce; left in the book it would sell what is bought later for another reason.
    if (lots < outcome.lots) drop(id, order.lots, index, time);
    else if (order.lots === 0) desk.forget(id);
  };

  const runPhase = (index: number, time: number): void => {
    for (let next = book.next(); next !== undefined; next = book.next()) {
      if (next.kind === 'fill') fill(next, index, time);
      else drop(next.order.id, next.order.lots, index, time);
      lender?.guard();
    }
  };

  const playOne = (from: ViewColumns, at: number, index: number, time: number): void => {
    lender?.begin(from, at);
    candle.openUp = candle.openDown = from.openAt(at);
    candle.lots = needsVolume ? grid.lotsIn(from.volume[at] as number) : Number.POSITIVE_INFINITY;
    book.open(candle);
    runPhase(index, time);
    lender?.afterOpen();
    if (book.size > 0) {
      // Only now: whoever trades at the open never asks for highs and lows.
      candle.highUp = candle.highDown = from.high()[at] as number;
      candle.lowUp = candle.lowDown = from.low()[at] as number;
      candle.closeUp = candle.closeDown = from.close[at] as number;
      book.inside();
      runPhase(index, time);
    }
    book.close();
    if (lender?.end(from, at) === true) filled = true;
  };

  /** The finer candles of one coarse candle, when all of them are there; their first position, or -1. */
  let next = 0;
  const whole = detail === undefined ? 0 : INTERVAL_MS[columns.interval] / INTERVAL_MS[detail.interval];
  const detailFrom = (fine: ViewColumns, time: number): number => {
    while (next < fine.openTime.length && (fine.openTime[next] as number) < time) next += 1;
    const last = (fine.openTime[next + whole - 1] ?? 0) + INTERVAL_MS[fine.interval];
    return fine.openTime[next] === time && last === time + INTERVAL_MS[columns.interval] ? next : -1;
  };

  return {
    play(index) {
      const time = openTime[index] as number;
      filled = false;
      const from = detail === undefined ? -1 : detailFrom(detail, time);
      if (detail === undefined || from < 0) playOne(columns, index, index, time);
      else
        for (let at = from; at < from + whole && (book.size > 0 || keeper.held() < 0); at++)
          playOne(detail, at, index, time);
      return filled;
    },
  };
}

/** Back-test columns lie on the grid: both roundings of a price are the price itself. */
const emptyCandle = (): GridCandle => ({
  openUp: 0,
  openDown: 0,
  highUp: 0,
  highDown: 0,
  lowUp: 0,
  lowDown: 0,
  closeUp: 0,
  closeDown: 0,
  lots: 0,
  left: 0,
  depth: undefined,
});
