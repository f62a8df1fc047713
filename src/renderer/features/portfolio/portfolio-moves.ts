import { useStore } from 'zustand';
import { useStores } from '../../stores/stores-context.tsx';

/** Changes whenever money of the account moved for good: a fill, a fee, cash. Marks alone change nothing here. */
export function usePortfolioMoves(): string {
  const { portfolio } = useStores();
  return useStore(portfolio, ({ data }) =>
    data === null ? '' : `${data.cash} ${data.realisedPnl} ${data.startingEquity} ${data.fills[0]?.tradeId ?? ''}`,
  );
}
