import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { PerformanceView, ProfitAndLossView, TargetsView } from '#shared/contract/performance.ts';
import { NOW, repeatable } from './sample-market.ts';

const DAY = 86_400_000;
const OPENED = NOW - 40 * DAY;

/** Of the account that the other scripted answers tell of. */
export const pnl: ProfitAndLossView = {
  equity: '10042.18',
  netDeposits: '10000',
  total: '42.18',
  realised: '58.60',
  unrealised: '0',
  fees: '16.42',
  since: OPENED,
};

const interval = { confidence: 0.95, method: 'scripted' };

function days(): PerformanceView['days'] {
  const chance = repeatable(11);
  const start = Math.floor(OPENED / DAY) * DAY;
  return Array.from({ length: 40 }, (_, i) => ({
    start: start + i * DAY,
    result: ((chance() - 0.46) * 22).toFixed(2),
    trades: Math.floor(chance() * 4),
    won: 0,
  }));
}

const group = (key: string, result: string, trades: number): PerformanceView['by']['agent'][number] => ({
  key,
  result,
  trades,
  winRate:
    trades < 10
      ? { notEnough: { have: trades, need: 10, of: 'trades' } }
      : { value: 0.55, n: trades, interval: { low: 0.4, high: 0.69, ...interval } },
  expectancyR: { notEnough: { have: trades, need: 10, of: 'trades with a plan' } },
});

export function performance(fresh: boolean): PerformanceView {
  const chance = repeatable(5);
  let equity = 10_000;
  const time = Array.from({ length: 200 }, (_, i) => OPENED + (i * (NOW - OPENED)) / 199);
  const values = time.map((_, i) => (i === 199 ? 10_042.18 : (equity += (chance() - 0.48) * 12)));
  let peak = 10_000;
  const depth = values.map((value) => {
    peak = Math.max(peak, value);
    return 1 - value / peak;
  });
  const account = { name: 'simulated', environment: 'simulated' as const };
  return {
    account,
    accounts: [account, { name: 'paper on binance in USDT', environment: 'paper' }],
    quoteAsset: 'USDT',
    pnl: fresh
      ? { equity: '10000', netDeposits: '10000', total: '0', realised: '0', unrealised: '0', fees: '0', since: NOW }
      : pnl,
    since: fresh ? NOW : OPENED,
    until: NOW,
    result: fresh ? '0' : '42.18',
    fees: fresh ? '0' : '16.42',
    basis: 'equity minus net deposits, marked at the newest known price; simulated',
    curve: fresh
      ? { time: [NOW], equity: [10_000], depth: [0] }
      : { time: time.map(Math.round), equity: values, depth },
    days: fresh ? [] : days(),
    weeks: fresh ? [] : days().filter((_, i) => i % 7 === 0),
    months: fresh ? [] : days().filter((_, i) => i % 30 === 0),
    by: fresh
      ? { agent: [], regime: [], symbol: [], family: [] }
      : {
          agent: [group('A-1f2e3d4c', '61.07', 4), group('A-9b8c7d6e', '-18.89', 3)],
          regime: [group('trending_up', '61.07', 4), group('ranging', '-18.89', 24)],
          symbol: [group('BTC/USDT', '42.18', 28)],
          family: [group('trend-following', '61.07', 4), group('mean-reversion', '-18.89', 24)],
        },
    figures: {
      trades: fresh ? 0 : 28,
      won: fresh ? 0 : 17,
      winRate: fresh
        ? { notEnough: { have: 0, need: 10, of: 'trades' } }
        : { value: 17 / 28, n: 28, interval: { low: 0.42, high: 0.76, ...interval } },
      expectancyR: fresh
        ? { notEnough: { have: 0, need: 10, of: 'trades with a stop' } }
        : { value: 0.12, n: 28, interval: { low: -0.2, high: 0.44, ...interval } },
      expectancyMoney: fresh
        ? { notEnough: { have: 0, need: 10, of: 'trades' } }
        : { value: 1.51, n: 28, interval: { low: -2.1, high: 5.1, ...interval } },
      profitFactor: fresh
        ? { notEnough: { have: 0, need: 10, of: 'trades' } }
        : { value: 1.31, n: 28, interval: { low: 0.6, high: 2.9, ...interval } },
      payoffRatio: { notEnough: { have: 0, need: 5, of: 'losing trades' } },
      longestLosingStreak: fresh ? { notEnough: { have: 0, need: 1, of: 'trades' } } : { value: 4, n: 28 },
      maxDrawdown: fresh ? { notEnough: { have: 0, need: 1, of: 'valuations' } } : { value: 0.0112, n: 200 },
      yearlyReturn: { notEnough: { have: fresh ? 0 : 39, need: 90, of: 'daily returns' } },
      sharpe: fresh
        ? { notEnough: { have: 0, need: 30, of: 'daily returns' } }
        : { value: 0.8, n: 39, interval: { low: -5.2, high: 6.9, ...interval } },
      wholeDays: fresh ? 0 : 39,
    },
    distribution: fresh
      ? { r: [], money: [] }
      : {
          r: [
            { from: -1.5, to: -1, count: 2 },
            { from: -1, to: -0.5, count: 6 },
            { from: -0.5, to: 0, count: 3 },
            { from: 0, to: 0.5, count: 9 },
            { from: 0.5, to: 1, count: 5 },
            { from: 1, to: 1.5, count: 3 },
          ],
          money: [
            { from: -20, to: 0, count: 11 },
            { from: 0, to: 20, count: 17 },
          ],
        },
    trades: fresh
      ? []
      : [
          {
            agentId: 'A-1f2e3d4c',
            instrument: 'BTC/USDT',
            direction: 'long',
            entryTime: NOW - 9 * 3_600_000,
            exitTime: NOW - 3_600_000,
            quantity: '0.03105',
            fees: '4.01',
            net: '21.40',
            r: 0.43,
          },
        ],
    shadow: null,
    hold: fresh ? [] : [{ instrument: 'BTC/USDT', from: '61200', to: '64472.4', return: 0.0535 }],
  };
}

export function targets(fresh: boolean): TargetsView {
  const { figures, account, basis } = performance(fresh);
  return {
    account,
    asOf: NOW,
    basis,
    targets: [
      {
        id: 'wins',
        subject: 'closed trades',
        goal: { least: 0.8 },
        measured: figures.winRate,
        state: 'not enough data',
        rule: 'n of 30 trades or more',
      },
      {
        id: 'accuracy',
        subject: 'regime calls of rules',
        goal: { least: 0.95 },
        measured: fresh
          ? { notEnough: { have: 0, need: 30, of: 'resolved calls' } }
          : { value: 0.61, n: 240, interval: { low: 0.55, high: 0.67, ...interval } },
        state: fresh ? 'not enough data' : 'not met',
        rule: 'n of 30 calls or more',
      },
      {
        id: 'yearly-return',
        subject: 'a year, compounded',
        goal: { least: 0.15 },
        measured: figures.yearlyReturn,
        state: 'not enough data',
        rule: '90 whole days or more',
      },
      {
        id: 'drawdown',
        subject: 'from the highest equity',
        goal: { most: 0.05 },
        measured: figures.maxDrawdown,
        state: fresh ? 'not enough data' : 'met',
        rule: 'kept after 30 whole days',
      },
      {
        id: 'uptime',
        subject: 'the engine',
        goal: { least: 0.999 },
        measured: { undefinable: 'not measured: no record says when the engine was to run' },
        state: 'not enough data',
        rule: 'nothing records yet when the engine was to run',
      },
    ],
  };
}

export const scriptedPerformance = (fresh: boolean): Pick<AppHandlers, 'performance.get' | 'performance.targets'> => ({
  'performance.get': () => performance(fresh),
  'performance.targets': () => targets(fresh),
});
