import { describe, expect, it } from 'vitest';
import { PREFLIGHT_ROWS, type PreflightName, type PreflightView, preflightOf } from '#core/cycle/preflight.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { DEFAULT_LIMITS } from '#core/risk/risk-limits.ts';

const d = parseDecimal;
const fine: PreflightView = {
  unsettled: 0,
  journalFault: null,
  dataAgeMs: 1_000,
  dataFault: null,
  instrument: 'BTC/USDT',
  known: true,
  equity: d('10000'),
  cash: d('10000'),
  peakEquity: d('10000'),
  dayStartEquity: d('10000'),
  quoteAsset: 'USDT',
  limits: DEFAULT_LIMITS,
  mode: 'full',
  tradingState: 'active',
  analyst: { kind: 'model', label: 'a model' },
};
const rowOf = (name: PreflightName, change: Partial<PreflightView>) =>
  preflightOf({ ...fine, ...change }).find((row) => row.name === name);

describe('preflight', () => {
  it('has nine rows in their order, all ready on a sound engine', () => {
    const rows = preflightOf(fine);
    expect(rows.map(({ name }) => name)).toEqual([...PREFLIGHT_ROWS]);
    expect(rows.filter(({ state }) => state !== 'ready')).toEqual([]);
  });

  it.each<[PreflightName, 'note' | 'blocked', Partial<PreflightView>]>([
    ['reconciled', 'note', { unsettled: 1 }],
    ['journal', 'blocked', { journalFault: 'the disk is full; free some space' }],
    ['data', 'blocked', { dataAgeMs: null }],
    ['data', 'blocked', { dataFault: 'the clock went back' }],
    ['data', 'blocked', { dataAgeMs: 3 * 3_600_000 }],
    ['instrument', 'blocked', { known: false }],
    ['account', 'blocked', { cash: d('0') }],
    ['account', 'blocked', { equity: d('-1') }],
    ['limits', 'blocked', { equity: d('9800') }],
    ['limits', 'blocked', { equity: d('9600'), dayStartEquity: d('9600') }],
    ['limits', 'note', { equity: d('9700'), dayStartEquity: d('9700') }],
    ['mode', 'blocked', { mode: 'emergency' }],
    ['mode', 'blocked', { mode: 'manual' }],
    ['gate', 'blocked', { tradingState: 'halted' }],
    ['gate', 'blocked', { tradingState: 'reducing' }],
    ['analyst', 'note', { analyst: { kind: 'rules', label: 'rules' } }],
  ])('%s is %s when its prerequisite is not met, and says what to do', (name, state, change) => {
    const row = rowOf(name, change);
    expect(row?.state).toBe(state);
    expect(row?.remedy).not.toBeNull();
  });
});
