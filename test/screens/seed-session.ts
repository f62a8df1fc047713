import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runMt } from '../support/run-mt.ts';

const NEWS = [
  ['2026-01-01T06:00:00Z', 'Bitcoin funds report a fifth week of inflows'],
  ['2026-01-01T09:30:00Z', 'Exchange halts withdrawals after an exploit of its bridge'],
  ['2026-01-01T12:10:00Z', 'Regulator approves a spot fund for ether'],
  ['2026-01-01T15:45:00Z', 'Miners sell reserves as fees fall to a yearly low'],
  ['2026-01-01T18:20:00Z', 'Payment firm adds bitcoin settlement in Nairobi'],
] as const;

/** What happened before the pictures were taken, as commands that a master could type. */
const BEFORE: readonly (readonly string[])[] = [
  ...Array.from({ length: 5 }, () => ['spawn']),
  ['spawn', 'ETH/USDT'],
  ['order', 'buy', 'BTC/USDT', '0.01', '--stop', '39000'],
  ['portfolio', 'profit', 'set', '--share', '0.25', '--threshold', '10'],
  ['portfolio', 'targets', 'set', 'BTC/USDT=0.3'],
  ['alert', 'price', 'BTC/USDT', 'above', '50000'],
  ['backtest', '--strategy', 'trend-following', '--candles', '3000'],
  ['backtest', '--strategy', 'mean-reversion', '--candles', '3000'],
  ['lab', 'search', '--strategy', 'mean-reversion', '--candles', '3000', '--budget', '12'],
  ['lab', 'walkforward', '--strategy', 'mean-reversion', '--candles', '3000', '--budget', '6'],
  ['backup', 'now'],
  ['mode', 'semi'],
];

/**
 * Fills a data folder with a session that is the same each time: the market's seed follows from the cycle, and nothing comes from outside.
 * Throws with what the command said when one of them failed.
 */
export async function seedSession(home: string): Promise<void> {
  const news = join(home, 'wire.csv');
  writeFileSync(news, ['timestamp,title', ...NEWS.map(([at, title]) => `${at},${title}`), ''].join('\n'));
  for (const args of [...BEFORE, ['news', 'import', news, '--name', 'wire']]) {
    const { code, stdout, stderr } = await runMt(args, { home, env: { MT_OFFLINE: '1' } });
    if (code !== 0) throw new Error(`mt ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  }
}
