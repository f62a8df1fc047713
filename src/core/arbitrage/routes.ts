import { Fault } from '../kernel/fault.ts';
import { type ArbitrageMarket, marketName, type Route } from './types.ts';

/**
 * Every closed route through two or three of the markets, in both directions: the same pair of assets on two venues, and two quotes of one
 * base asset with a market between the quotes. Two markets of one venue and one pair would be the same book, and are refused.
 */
export function findRoutes(markets: readonly ArbitrageMarket[]): readonly Route[] {
  refuseTwice(markets);
  return markets.flatMap((buy) =>
    markets.flatMap((sell): readonly Route[] => {
      if (buy === sell || buy.base !== sell.base) return [];
      if (buy.quote === sell.quote) return [{ kind: 'cross-venue', buy, sell, home: buy.quote }];
      return markets.flatMap((market): readonly Route[] => {
        const side = sideBetween(market, buy, sell);
        if (side === undefined) return [];
        const oneVenue = buy.venue === sell.venue && market.venue === buy.venue;
        return [
          {
            kind: oneVenue ? 'triangular' : 'cross-quote',
            buy,
            sell,
            convert: { market, side },
            home: market.quote,
          },
        ];
      });
    }),
  );
}

/** How the market closes the circle: what the sale brings has to become what the purchase costs. */
function sideBetween(market: ArbitrageMarket, buy: ArbitrageMarket, sell: ArbitrageMarket): 'buy' | 'sell' | undefined {
  if (market.base === sell.quote && market.quote === buy.quote) return 'sell';
  if (market.base === buy.quote && market.quote === sell.quote) return 'buy';
  return undefined;
}

function refuseTwice(markets: readonly ArbitrageMarket[]): void {
  const names = markets.map(marketName);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new Fault('usage', `${twice} is given twice`, 'Give each market of a venue once: a spread needs two books.');
}
