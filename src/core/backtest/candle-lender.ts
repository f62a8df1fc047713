import { INTERVAL_MS } from '../domain/interval.ts';
import type { MatchingBook } from '../matching/book.ts';
import type { BookKeeper } from './book-keeper.ts';
import type { ViewColumns } from './series-view.ts';

/** Number of the order by which borrowed lots are bought back; those of a strategy are positive. */
export const LIQUIDATION = -1;

/** What lending does around a candle. The desk neither shows its order to a strategy nor lets it be canceled. */
export type CandleLender = {
  begin(from: ViewColumns, at: number): void;
  /** Renews the stop that guards what is borrowed; once it is triggered it stays until all is bought back. */
  guard(): void;
  afterOpen(): void;
  /** True when interest was charged. */
  end(from: ViewColumns, at: number): boolean;
};

/**
 * The same rules as at the simulated venue: interest for each candle, at its close, on the most that was borrowed after its open, and for
 * each hole between candles at the close before it; a stop at the price where the equity falls to the maintenance margin.
 */
export function createCandleLender(book: MatchingBook, keeper: BookKeeper): CandleLender {
  let afterOpen = 0;
  let chargedUntil = 0;
  let lastClose = 0;
  let charged = false;

  const charge = (lots: number, ticks: number, ms: number): void => {
    if (lots >= 0 || ms <= 0) return;
    keeper.charge(ticks, -lots, ms);
    charged = true;
  };

  const guard = (): void => {
    const standing = book.get(LIQUIDATION);
    if (standing?.triggered === true && keeper.held() < 0) return;
    if (standing !== undefined) book.remove(LIQUIDATION);
    const trigger = keeper.liquidationTicks();
    if (trigger > 0) book.add({ id: LIQUIDATION, side: 1, kind: 'stop', lots: -keeper.held(), trigger });
  };

  return {
    begin({ openTime }, at) {
      charged = false;
      charge(keeper.held(), lastClose, (openTime[at] as number) - chargedUntil);
      guard();
    },
    guard,
    afterOpen() {
      afterOpen = keeper.held();
    },
    end({ openTime, close, interval }, at) {
      lastClose = close[at] as number;
      charge(Math.min(afterOpen, keeper.held()), lastClose, INTERVAL_MS[interval]);
      chargedUntil = (openTime[at] as number) + INTERVAL_MS[interval];
      return charged;
    },
  };
}
