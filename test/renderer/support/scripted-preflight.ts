import type { PreflightAnswer, PreflightRow } from '#shared/contract/cycle.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';

export type Broken = PreflightRow['name'] | null;

const NAMES: readonly PreflightRow['name'][] = [
  'reconciled',
  'journal',
  'data',
  'instrument',
  'account',
  'limits',
  'mode',
  'gate',
  'analyst',
];

/** The answer of an engine of which one thing may be broken; the real one's rows are tested in core. */
export function scriptedPreflight(status: EngineStatus, broken: Broken): PreflightAnswer {
  const rows = NAMES.map((name): PreflightRow => {
    if (name === broken) return { name, state: 'blocked', detail: `${name} is broken`, remedy: `mend ${name}` };
    if (name === 'gate' && status.tradingState === 'halted')
      return { name, state: 'blocked', detail: 'Trading is halted', remedy: 'resume it first, at the top right' };
    if (name === 'analyst') return { name, state: 'note', detail: status.analyst.label, remedy: 'rules suffice' };
    return { name, state: 'ready', detail: name === 'account' ? `${status.equity} USDT` : 'fine', remedy: null };
  });
  return { ready: rows.every(({ state }) => state !== 'blocked'), rows };
}
