import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { ProfitView } from '#shared/contract/profit.ts';

const view: ProfitView = {
  asset: 'USDT',
  share: '0',
  threshold: '0',
  locked: '0',
  realised: '0',
  highWater: '0',
  equity: '10000',
  atWork: '10000',
};

/** A portfolio of which nothing was ever asked. */
export const quietPortfolio: Pick<
  AppHandlers,
  | 'portfolio.targets'
  | 'portfolio.set_targets'
  | 'portfolio.rebalance'
  | 'portfolio.profit'
  | 'portfolio.set_profit_lock'
  | 'portfolio.release_profit'
  | 'portfolio.log'
> = {
  'portfolio.targets': () => ({ targets: null }),
  'portfolio.set_targets': () => ({ targets: null }),
  'portfolio.rebalance': ({ preview }) => ({ preview, total: '0', trades: [], left: [] }),
  'portfolio.profit': () => view,
  'portfolio.set_profit_lock': () => view,
  'portfolio.release_profit': () => {
    throw new Fault('refused', 'nothing is locked', 'there is nothing to release');
  },
  'portfolio.log': () => [],
};
