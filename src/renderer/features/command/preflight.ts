import type { EngineStatus } from '#shared/contract/engine.ts';
import { compare } from '#shared/format/decimal-text.ts';
import { moneyText, percentText } from '#shared/format/figures.ts';
import { ageText } from '#shared/format/time.ts';
import { DRAWDOWN_LIMIT } from '../shell/risk-meter.tsx';

export type Check = {
  readonly name: string;
  readonly state: 'ready' | 'note' | 'blocked';
  readonly detail: string;
  /** What to do about it. */
  readonly fix?: string;
};

/** Older than this in market time, data is called stale: two candles of the default interval of one hour. */
const STALE_MS = 2 * 3_600_000;

/**
 * What the engine's own preflight will look at, read from its last state so that nobody presses into a refusal. `age` of the newest
 * candle is that of this moment, in market time.
 */
export function preflightChecks(status: EngineStatus, age: number | null): readonly Check[] {
  const stale = age === null || age > STALE_MS;
  return [
    status.tradingState === 'active'
      ? { name: 'Engine', state: 'ready', detail: 'active' }
      : {
          name: 'Engine',
          state: 'blocked',
          detail: status.tradingState === 'halted' ? 'halted' : 'no new entries',
          fix: 'Resume trading at the top right.',
        },
    ...(status.mode === 'manual'
      ? [
          {
            name: 'Mode',
            state: 'blocked' as const,
            detail: 'manual',
            fix: 'In this mode agents take no new risk. Change it at the top, or order by hand.',
          },
        ]
      : []),
    stale
      ? {
          name: 'Data',
          state: 'note',
          detail: age === null ? 'none yet' : `${ageText(age)} old`,
          fix: 'The feed has to catch up.',
        }
      : { name: 'Data', state: 'ready', detail: `${ageText(age)} old` },
    compare(status.equity, '0') > 0
      ? { name: 'Account', state: 'ready', detail: moneyText(status.equity, status.quoteAsset) }
      : { name: 'Account', state: 'blocked', detail: 'empty', fix: 'The account has no equity to trade with.' },
    compare(status.drawdownFraction, DRAWDOWN_LIMIT) < 0
      ? { name: 'Limits', state: 'ready', detail: `drawdown ${percentText(status.drawdownFraction)}` }
      : {
          name: 'Limits',
          state: 'blocked',
          detail: 'drawdown limit reached',
          fix: 'The gate refuses entries until the drawdown is smaller.',
        },
    status.analyst.kind === 'model'
      ? { name: 'Analyst', state: 'ready', detail: status.analyst.label }
      : {
          name: 'Analyst',
          state: 'note',
          detail: status.analyst.label,
          fix: 'Rules are enough. A local model would be asked as well, if there was one.',
        },
  ];
}
