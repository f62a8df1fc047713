import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers, AppOutput } from '#shared/contract/app-contract.ts';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import type { PortfolioEvent, ProfitView } from '#shared/contract/profit.ts';
import { NOW } from './sample-market.ts';

type Handlers = Pick<
  AppHandlers,
  | 'accounts.reset'
  | 'portfolio.targets'
  | 'portfolio.set_targets'
  | 'portfolio.rebalance'
  | 'portfolio.profit'
  | 'portfolio.set_profit_lock'
  | 'portfolio.release_profit'
  | 'portfolio.log'
>;

const HOUR = 3_600_000;

const EARNED: ProfitView = {
  asset: 'USDT',
  share: '0.5',
  threshold: '10',
  locked: '21.09',
  realised: '42.18',
  highWater: '42.18',
  equity: '10042.18',
  atWork: '10021.09',
};
const NEW: ProfitView = {
  asset: 'USDT',
  share: '0',
  threshold: '0',
  locked: '0',
  realised: '0',
  highWater: '0',
  equity: '10000',
  atWork: '10000',
};

const PAST: readonly PortfolioEvent[] = [
  {
    seq: 160,
    at: NOW - HOUR,
    kind: 'profit.locked',
    what: 'Profit of 21.09 locked, 21.09 in all',
    why: '42.18 of realised profit above the mark of 0, of which a share of 0.5 is locked',
  },
  {
    seq: 20,
    at: NOW - 30 * HOUR,
    kind: 'profit.policy_set',
    what: 'A share of 0.5 of each new profit of 10 or more is locked',
    why: 'keep half',
  },
];

/** Locked profit, target weights and the reset of the account; of a fresh engine nothing of it was ever asked. */
export function scriptedPortfolio(fresh: boolean, empty: () => PortfolioView): Handlers {
  let profit = fresh ? NEW : EARNED;
  let log = fresh ? [] : [...PAST];
  let targets: AppOutput<'portfolio.targets'>['targets'] = fresh
    ? null
    : { weights: { 'BTC/USDT': '0.2', 'ETH/USDT': '0.1' }, band: '0.05', minNotional: '10', stop: '0.02' };
  const note = (kind: string, what: string, why: string): void => {
    log = [{ seq: 169 + log.length, at: NOW, kind, what, why }, ...log];
  };
  return {
    'accounts.reset': ({ account, cash, reason }) => {
      if (account !== 'simulated')
        throw new Fault('refused', `${account} cannot begin anew`, 'name the simulated account');
      profit = { ...NEW, share: profit.share, threshold: profit.threshold, equity: cash, atWork: cash };
      note('account.reset', `Simulated account begun anew with ${cash} USDT`, reason);
      return { ...empty(), equity: cash, cash, startingEquity: cash };
    },
    'portfolio.targets': () => ({ targets }),
    'portfolio.set_targets': ({ reason, ...wanted }) => {
      targets = wanted;
      note('portfolio.targets_set', 'Target weights set', reason);
      return { targets };
    },
    'portfolio.rebalance': ({ preview }) => ({
      preview,
      total: '9800',
      trades: [
        {
          instrument: 'BTC/USDT',
          side: 'buy',
          quantity: '0.0153',
          why: 'it is 10.1 % of the whole and should be 20 %',
          outcome: preview ? 'planned' : 'sent',
          detail: '',
        },
      ],
      left: [{ instrument: 'ETH/USDT', why: 'it is inside its band' }],
    }),
    'portfolio.profit': () => profit,
    'portfolio.set_profit_lock': ({ share, threshold, reason }) => {
      profit = { ...profit, share: share ?? profit.share, threshold: threshold ?? profit.threshold };
      note('profit.policy_set', `A share of ${profit.share} of each new profit is locked`, reason ?? 'more is locked');
      return profit;
    },
    'portfolio.release_profit': ({ amount, reason }) => {
      if (profit.locked === '0') throw new Fault('refused', 'nothing is locked', 'there is nothing to release');
      const released = amount ?? profit.locked;
      profit = { ...profit, locked: '0', atWork: profit.equity };
      note('profit.released', `Profit of ${released} released, 0 stays locked`, reason);
      return { ...profit, released };
    },
    'portfolio.log': () => log,
  };
}
