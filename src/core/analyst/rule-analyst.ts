import type { Fact, MarketContext } from '../context/types.ts';
import { sentenceOf } from './fact-sentences.ts';
import { casesFor, LEAST_VOICE, MOST_EVIDENCE } from './regime-table.ts';
import { factValues, overrules, type ScoredCase, scoreRegimes } from './score-regimes.ts';
import type { Judgement } from './types.ts';

/**
 * Stage 3's baseline: the regime whose clues score highest, with its reasons. Deterministic, no model, no chance, no clock.
 *
 * Confidence = (score - half the score of the best rival) x coverage, two decimals. A rival is any other regime, except those whose
 * score has been taken off already because they overrule this one. So 1 needs every clue of one regime at full voice, nothing said
 * for any other, and every fact there; two regimes that fit equally well get half their score; a regime that only half fits and
 * has a rival at its heels comes out near 0.25, which is no ground to act on. A trend reaches 0.95 at most, since ADX speaks for
 * both directions. It says how clear the picture is. It is not the
 * probability of being right: that is for the scorecard to measure.
 */
export function judgeByRules(context: MarketContext): Judgement {
  const scored = scoreRegimes(factValues(context), casesFor(context.interval));
  const best = scored[0];
  if (best === undefined) throw new Error('the regime table is empty');
  const { regime, bias } = best.regimeCase;
  const rival =
    scored.find(({ regimeCase: other }) => other.regime !== regime && !overrules(other.regime, regime))?.score ?? 0;
  const evidence = cite(best, context.facts);
  return {
    regime,
    bias,
    confidence: Math.round(100 * Math.max(0, best.score - rival / 2) * best.coverage) / 100,
    evidence: evidence.map((fact) => fact.id),
    reasons: evidence.map(sentenceOf),
  };
}

/** The facts that decided, most telling first, each once; a plainer fact goes just before the one that it stands beside. */
function cite(best: ScoredCase, facts: readonly Fact[]): readonly Fact[] {
  const strongest = Math.max(...best.testimony.map(({ say }) => say));
  const names = best.testimony
    .filter(({ voice, say }) => voice >= LEAST_VOICE || say === strongest)
    .toSorted((a, b) => b.say - a.say)
    .flatMap(({ clue }) => (clue.alongside === undefined ? [clue.fact] : [clue.alongside, clue.fact]));
  return [...new Set(names)].flatMap((name) => facts.filter((fact) => fact.name === name)).slice(0, MOST_EVIDENCE);
}
