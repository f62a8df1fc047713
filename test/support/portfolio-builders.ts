import { type PortfolioPorts, runPortfolio } from '#core/backtest/portfolio/run-portfolio.ts';
import type {
  MarketResult,
  PortfolioMarket,
  PortfolioOptions,
  PortfolioResult,
} from '#core/backtest/portfolio/types.ts';
import type { InstrumentId } from '#core/domain/ids.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { MARKET, ports } from './backtest-builders.ts';

export const OTHER = 'ETH/USDT.SIM' as InstrumentId;

export const marketOf = (columns: CandleColumns, more: Partial<PortfolioMarket> = {}): PortfolioMarket => ({
  instrumentId: MARKET,
  columns,
  ...more,
});

/** Plays and expects a result. */
export function playedTogether(
  options: Partial<PortfolioOptions> & Pick<PortfolioOptions, 'markets'>,
  given: Partial<PortfolioPorts> = {},
): PortfolioResult {
  const { byteDigest, digest } = ports;
  const outcome = runPortfolio(
    { strategy: 'sma-cross', feeBps: '10', cash: '1000000', ...options },
    { byteDigest, digest, ...given },
  );
  if (outcome.status === 'failed') throw new Error(`the run failed: ${outcome.cause.message}`);
  return outcome;
}

/** `candle side lots at ticks` of each fill of one market. */
export const marketFills = ({ fills }: Pick<MarketResult, 'fills'>): readonly string[] =>
  Array.from({ length: fills.count }, (_, i) => {
    const side = fills.side[i] === 1 ? 'buy' : 'sell';
    return `${fills.candle[i]} ${side} ${fills.lots[i]} at ${fills.priceTicks[i]} fee ${fills.fee[i]} ${fills.taker[i] === 1 ? 'taker' : 'maker'}`;
  });

export const onlyMarket = ({ markets }: PortfolioResult): MarketResult => {
  const [market] = markets;
  if (market === undefined) throw new Error('no market');
  return market;
};
