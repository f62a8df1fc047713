import { isNegative, negate } from '../domain/decimal.ts';
import { price as priceOf, quantity } from '../domain/money.ts';
import type { FillerParts } from './venue-filler.ts';
import { LIQUIDATION, liquidationOf } from './venue-orders.ts';

/** Renews the stop by which the venue buys back what is borrowed; once it is triggered it stays until all is bought back. */
export const createLiquidationGuard =
  ({ book, kept, grid, lender, moment }: Pick<FillerParts, 'book' | 'kept' | 'grid' | 'lender' | 'moment'>) =>
  (): void => {
    if (lender === undefined) return;
    const { holding, borrower } = moment;
    const standing = book.get(LIQUIDATION);
    if (standing?.triggered === true && isNegative(holding)) return;
    if (standing !== undefined) book.remove(LIQUIDATION);
    kept.delete(LIQUIDATION);
    const trigger = lender.liquidationTicks(holding);
    if (trigger === undefined || borrower === undefined) return;
    const owed = quantity(negate(holding));
    book.add({ id: LIQUIDATION, side: 1, kind: 'stop', lots: grid.lotsOf(owed, 'what is borrowed'), trigger });
    kept.set(LIQUIDATION, liquidationOf(moment.liquidations + 1, borrower, owed, priceOf(grid.priceOf(trigger))));
  };
