import type { AppInput } from '#shared/contract/app-contract.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';

const SIMULATED = /^simulated market, seed (\d{1,15})$/;
const IMPORTED = /^imported /;
/** Of a market that makes its candles itself: so many times the study's, which leaves as many newer ones. */
const LONGER = 2;
const MOST = 500_000;

/** Where the candles of a study came from, grown since: what was imported, a longer simulated market, or the same file. */
export function reviewMarket({ source, candles }: LabStudyView): AppInput<'lab.review'>['market'] {
  const seed = SIMULATED.exec(source)?.[1];
  if (seed !== undefined)
    return { kind: 'generator', seed: Number(seed), candles: Math.min(MOST, Math.max(100, candles * LONGER)) };
  return IMPORTED.test(source) ? { kind: 'imported' } : { kind: 'file', path: source };
}
