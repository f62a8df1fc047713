import { resolve } from 'node:path';
import { loadPromptParts } from '#adapters/prompts/load-prompt-parts.ts';
import { familyOf } from '#core/agent/family-registry.ts';
import type { AnalystModel, ModelAuthority } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { sha256 } from '../candle-builders.ts';
import { scriptedInference } from '../scripted-inference.ts';
import { type AnswerPlan, answerText } from './any-answer.ts';
import { type SituationPlan, situationOf } from './any-situation.ts';
import { type Decided, decideOnce, type Seams } from './decision-path.ts';
import { brokenRules, exposureOf, noMoreThan } from './invariants.ts';
import type { Moment } from './moments.ts';

/** How far a model that has earned it may lift the confidence of the rules. */
export const MOST_LIFT = 0.1;

export type Case = {
  readonly situation: SituationPlan;
  readonly answers: readonly AnswerPlan[];
  readonly authority: ModelAuthority;
};

export type Played = {
  readonly broken: readonly string[];
  readonly decided: Decided;
  /** Exposure with the model over the exposure without it; 1 where neither has any. */
  readonly ratio: number;
};

export const PROMPTS = loadPromptParts(resolve(import.meta.dirname, '../../../resources/prompts'), sha256);

/** A model that writes these texts, one for each sample. */
function modelOf({ answers, authority }: Case, moment: Moment): AnalystModel {
  return {
    inference: scriptedInference(answers.map((plan) => answerText(plan, moment))),
    prompt: { id: 'analyst-system', version: 1, text: 'Label the market.', hash: sha256('prompt') },
    deadlineMs: 1_000,
    samples: answers.length,
    authority,
  };
}

/**
 * Decides once with the model, and again without it, without the news, and with rules that are as sure as a model may make them; what is
 * broken is what none of these may break.
 */
export async function playCase(one: Case, moments: readonly Moment[], seams: Seams = {}): Promise<Played> {
  const situation = situationOf(one.situation, moments);
  // A fresh one each time: a script goes on where it was.
  const model = (): AnalystModel => modelOf(one, situation.moment);
  const decided = await decideOnce(situation, model(), PROMPTS, seams);
  const broken = [...brokenRules(situation, decided)];
  if (decided.entry === undefined) return { broken, decided, ratio: exposureOf(decided) === 0 ? 1 : 0 };

  const without = await decideOnce(situation, undefined, PROMPTS, seams);
  if (decided.assessment.source === 'rules') {
    if (exposureOf(decided) !== exposureOf(without)) broken.push('a model that was not used changed the exposure');
  } else if (!noMoreThan(decided, without)) {
    if (one.authority !== 'earned') broken.push(`more exposure with a model whose authority is ${one.authority}`);
    const sure = await decideOnce(situation, undefined, PROMPTS, { ...seams, rules: lifted });
    if (!noMoreThan(decided, sure)) broken.push('more exposure with the model than its lift of the confidence allows');
  }
  if (situation.news !== undefined && decided.spec !== undefined && familyOf(decided.spec.family).needs !== 'news') {
    const silent = await decideOnce({ ...situation, news: undefined }, model(), PROMPTS, seams);
    if (!noMoreThan(decided, silent)) broken.push('more exposure with the news than without');
    if (situation.news.risk === 'medium' && exposureOf(decided) > exposureOf(silent) / 2 + 0.01)
      broken.push('more than half the size against a bad mood');
  }
  return { broken, decided, ratio: exposureOf(decided) / exposureOf(without) };
}

/** The rules, as sure as a model that has earned it may make them. */
export const lifted: typeof judgeByRules = (context) => {
  const rules = judgeByRules(context);
  return { ...rules, confidence: Math.round(Math.min(1, rules.confidence + MOST_LIFT) * 100) / 100 };
};
