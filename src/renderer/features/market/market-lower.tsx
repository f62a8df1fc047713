import type { ChartView } from '#shared/contract/market.ts';
import { MarketSplit } from './market-split.tsx';
import { PatternsPanel } from './patterns-panel.tsx';
import { TradesPanel } from './trades-panel.tsx';

/** What stands on the candles, as lists below them. */
export function MarketLower({ chart, env }: { readonly chart: ChartView; readonly env: string | null }) {
  return (
    <MarketSplit part="patterns" first={<TradesPanel chart={chart} env={env} />} second={<PatternsPanel env={env} />} />
  );
}
