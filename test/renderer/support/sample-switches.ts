import type { StrategySwitch } from '#shared/contract/strategies.ts';
import { NOW } from './sample-market.ts';

const HOUR_MS = 3_600_000;

/** Two switches on one market, the newest first. */
export const sampleSwitches = (): StrategySwitch[] => [
  {
    seq: 140,
    cycle: 7,
    at: NOW - HOUR_MS,
    instrument: 'BTC/USDT',
    interval: '1h',
    from: { family: 'mean-reversion', regime: 'ranging' },
    to: { family: 'trend-following', regime: 'trending_up' },
    cause: 'regime',
    why: 'the market is trending up and no longer ranging',
  },
  {
    seq: 88,
    cycle: 5,
    at: NOW - 9 * HOUR_MS,
    instrument: 'BTC/USDT',
    interval: '1h',
    from: { family: 'breakout', regime: 'ranging' },
    to: { family: 'mean-reversion', regime: 'ranging' },
    cause: 'memory',
    why: 'lessons speak against breakout here',
  },
];
