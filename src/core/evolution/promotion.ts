import type { Measure } from '../statistics/figure.ts';
import { ENOUGH_TRADES } from './fitness.ts';

/**
 * What the best of a search must show before it may be tried on paper. It was chosen by the selection windows, so that their figures
 * are deflated for every configuration ever tried; the proof lies after them and chose nothing, so that it pays only for how often it
 * has been looked at.
 */
export const GATE = {
  /** Least probability that its Sharpe ratio in the selection windows is above zero, after paying for the choice. */
  deflated: 0.95,
  /** Probability of overfitting must be below this: at one half the choice was worth nothing. */
  overfitting: 0.5,
  /** Error rate of the proof, divided by the number of genomes that were ever judged on these candles. */
  proofError: 0.05,
  trades: ENOUGH_TRADES,
  proofTrades: 10,
  /** Deepest drawdown in any window or in the proof. */
  drawdown: 0.2,
} as const;

/** Where an evolved genome may go. There is no further place: money is given by a person, never by a search. */
export type Standing = 'candidate for paper' | 'not promoted';

export type GateFigures = {
  readonly deflated: Measure;
  readonly overfitting: Measure;
  readonly proof: Measure;
  /** Genomes judged on the proof of these candles so far, this one included. */
  readonly looks: number;
  readonly trades: number;
  readonly proofTrades: number;
  readonly drawdown: number;
};

export type GateCheck = { readonly name: string; readonly passed: boolean; readonly text: string };

const digits = (value: number): string => String(Number(value.toFixed(4)));

function measureCheck(name: string, measure: Measure, passes: (value: number) => boolean, rule: string): GateCheck {
  if (!('value' in measure)) return { name, passed: false, text: `${rule}; there is too little to say it by` };
  return { name, passed: passes(measure.value), text: `${rule}; it is ${digits(measure.value)}` };
}

/** Every check with its rule and its figure. What can't be said counts as failed: doubt is no ground for a promotion. */
export function gateChecks(figures: GateFigures): readonly GateCheck[] {
  const proofLevel = 1 - GATE.proofError / Math.max(1, figures.looks);
  return [
    measureCheck(
      'deflated Sharpe ratio',
      figures.deflated,
      (value) => value >= GATE.deflated,
      `the probability that it earns, deflated for everything tried, must be ${GATE.deflated} at least`,
    ),
    measureCheck(
      'overfitting',
      figures.overfitting,
      (value) => value < GATE.overfitting,
      `the probability of overfitting must be below ${GATE.overfitting}`,
    ),
    measureCheck(
      'proof',
      figures.proof,
      (value) => value >= proofLevel,
      `the probability that it earns on candles that chose nothing must be ${digits(proofLevel)} at least, after ${figures.looks} looks`,
    ),
    {
      name: 'trades',
      passed: figures.trades >= GATE.trades && figures.proofTrades >= GATE.proofTrades,
      text: `${GATE.trades} trades in the windows and ${GATE.proofTrades} in the proof are needed; it has ${figures.trades} and ${figures.proofTrades}`,
    },
    {
      name: 'drawdown',
      passed: figures.drawdown <= GATE.drawdown,
      text: `the deepest drawdown may be ${GATE.drawdown}; it is ${digits(figures.drawdown)}`,
    },
  ];
}

export type Verdict = { readonly standing: Standing; readonly reasons: readonly string[] };

/**
 * Promotes a challenger to `candidate for paper` when it passes every check and, where another genome holds the place, does better than
 * that one on the very same candles of the proof.
 */
export function judgeChallenger(
  figures: GateFigures,
  proofSharpe: number | null,
  champion: { readonly name: string; readonly proofSharpe: number | null } | undefined,
): Verdict {
  const checks = gateChecks(figures);
  const failed = checks.filter(({ passed }) => !passed);
  if (failed.length > 0)
    return { standing: 'not promoted', reasons: failed.map(({ name, text }) => `${name}: ${text}`) };
  const reasons = checks.map(({ name, text }) => `${name}: ${text}`);
  if (champion === undefined) return { standing: 'candidate for paper', reasons };
  const { name, proofSharpe: held } = champion;
  const both = `Sharpe ratio of the proof ${proofSharpe === null ? 'unknown' : digits(proofSharpe)} against ${held === null ? 'unknown' : digits(held)}`;
  if (proofSharpe !== null && (held === null || proofSharpe > held))
    return { standing: 'candidate for paper', reasons: [...reasons, `it does better than ${name}: ${both}`] };
  return { standing: 'not promoted', reasons: [`${name} keeps the place: ${both}`] };
}
