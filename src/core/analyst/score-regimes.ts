import type { MarketContext } from '../context/types.ts';
import { type Clue, OVERRULES, type RegimeCase } from './regime-table.ts';
import { REGIMES, type Regime } from './types.ts';

/** What one clue had to say: `voice` 0..1, `say` its part of the score. */
export type Testimony = { readonly clue: Clue; readonly voice: number; readonly say: number };

export type ScoredCase = {
  readonly regimeCase: RegimeCase;
  /** 0..1, after overruling. */
  readonly score: number;
  /** Share of the case's weight for which there are facts. */
  readonly coverage: number;
  readonly testimony: readonly Testimony[];
};

/** Facts by name; a missing fact is undefined. */
export type FactValues = ReadonlyMap<string, number>;

export const factValues = (context: MarketContext): FactValues =>
  new Map(context.facts.map(({ name, value }) => [name, value]));

/** How far the fact speaks for the clue, 0..1; undefined when the fact is absent. */
export function voiceOf(clue: Clue, facts: FactValues): number | undefined {
  const value = facts.get(clue.fact);
  if (value === undefined) return undefined;
  const read = clue.read === 'down' ? -value : clue.read === 'size' ? Math.abs(value) : value;
  return Math.min(1, Math.max(0, (read - clue.none) / (clue.full - clue.none)));
}

/**
 * Scores every case, best first; equal scores keep the order of the table. A case whose facts are absent is judged on those that are
 * there; what is missing lowers `coverage`, and so the confidence.
 */
export function scoreRegimes(facts: FactValues, cases: readonly RegimeCase[]): readonly ScoredCase[] {
  const raw = cases.map((regimeCase) => scoreCase(regimeCase, facts));
  const strength = (regime: Regime): number =>
    raw.reduce((best, scored) => (scored.regimeCase.regime === regime ? Math.max(best, scored.score) : best), 0);
  return raw
    .map((scored) => ({ ...scored, score: scored.score * leftBy(scored.regimeCase.regime, strength) }))
    .toSorted((a, b) => b.score - a.score);
}

/** Whether the first regime takes its score off the second. */
export const overrules = (stronger: Regime, weaker: Regime): boolean => OVERRULES[stronger]?.includes(weaker) ?? false;

/** What the overruling regimes leave of a score. */
const leftBy = (regime: Regime, strength: (regime: Regime) => number): number =>
  REGIMES.reduce((left, stronger) => (overrules(stronger, regime) ? left * (1 - strength(stronger)) : left), 1);

function scoreCase(regimeCase: RegimeCase, facts: FactValues): ScoredCase {
  const total = regimeCase.clues.reduce((sum, clue) => sum + clue.weight, 0);
  const heard = regimeCase.clues.flatMap((clue) => {
    const voice = voiceOf(clue, facts);
    return voice === undefined ? [] : [{ clue, voice }];
  });
  const known = heard.reduce((sum, { clue }) => sum + clue.weight, 0);
  const gate = regimeCase.only === undefined ? 1 : (voiceOf(regimeCase.only, facts) ?? 0);
  const strongest = heard.reduce((best, { voice }) => Math.max(best, voice), 0);
  const mean = known === 0 ? 0 : heard.reduce((sum, { clue, voice }) => sum + clue.weight * voice, 0) / known;
  const score = gate * (regimeCase.combine === 'mean' ? mean : strongest);
  const testimony = heard.map(({ clue, voice }) => ({ clue, voice, say: clue.weight * voice }));
  const opening = regimeCase.only === undefined ? [] : [{ clue: regimeCase.only, voice: gate, say: total }];
  return { regimeCase, score, coverage: known / total, testimony: [...opening, ...testimony] };
}
