import type { FitView } from '#shared/contract/models.ts';

/** Beyond this share of the free memory a model leaves too little for everything else. */
const TIGHT_FROM = 0.6;
/** Beyond this one it is not loaded: the system would end some process, and nobody knows which. */
const TOO_LARGE_FROM = 0.9;

/** Whether a model that needs so much fits into what is free on this machine now. */
export function fitOf(neededBytes: number, freeBytes: number): FitView {
  const share = freeBytes <= 0 ? Number.POSITIVE_INFINITY : neededBytes / freeBytes;
  const word = share > TOO_LARGE_FROM ? 'too large' : share > TIGHT_FROM ? 'tight' : 'good';
  return { word, score: Math.round(100 * Math.min(Math.max(1 - share, 0), 1)), neededBytes, freeBytes };
}

const inMegabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;

/** Why a model is not loaded; undefined when it may be. */
export const memoryProblem = (fit: FitView): string | undefined =>
  fit.word === 'too large'
    ? `not loaded: it needs ${inMegabytes(fit.neededBytes)} of memory and ${inMegabytes(fit.freeBytes)} are free`
    : undefined;
