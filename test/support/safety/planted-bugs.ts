import { parseAnswer } from '#core/analyst/analyst-prompt.ts';
import { assess } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { ONE } from '#core/domain/decimal.ts';
import type { FactId } from '#core/domain/ids.ts';
import { newsSize } from '#core/risk/news-size.ts';
import { sha256 } from '../candle-builders.ts';
import type { Seams } from './decision-path.ts';

/** Bugs that somebody could write, for the proof to see. */
export const PLANTED_BUGS = [
  "the model's label and bias stand as they are",
  'good news raise the size',
  'a bad mood does not halve',
  'a model that agrees lifts the confidence by 0.3',
] as const;
export type PlantedBug = (typeof PLANTED_BUGS)[number];

const RAISED = 1.5;
const raised = (fraction: string): string => (Number(fraction) * RAISED).toFixed(6);

/** The stage that the bug lies in, in place of the engine's own. */
export function plantedSeams(bug: PlantedBug | 'none'): Seams {
  switch (bug) {
    case 'none':
      return {};
    case "the model's label and bias stand as they are":
      return {
        async assess(context, model) {
          const own = await assess({ context, judgeByRules, model, seed: 7, digest: sha256 });
          const answer = 'answer' in own.model ? own.model.answer : undefined;
          const ids = context.facts.map(({ id }): FactId => id);
          const said = answer === undefined ? undefined : parseAnswer(answer, ids);
          return said?.ok === true ? { ...own, ...said.answer, source: 'model' } : own;
        },
      };
    case 'good news raise the size':
      return {
        policy: ({ news, policy }) =>
          (news?.sentiment ?? 0) > 0.5
            ? {
                ...policy,
                riskPerTrade: raised(policy.riskPerTrade),
                maxNotionalFraction: raised(policy.maxNotionalFraction),
              }
            : policy,
      };
    case 'a bad mood does not halve':
      return { newsSize: (news) => (news?.risk === 'medium' ? ONE : newsSize(news)) };
    case 'a model that agrees lifts the confidence by 0.3':
      return {
        async assess(context, model) {
          const own = await assess({ context, judgeByRules, model, seed: 7, digest: sha256 });
          return own.source === 'model' && own.regime === own.rules.regime && own.bias === own.rules.bias
            ? { ...own, confidence: Math.min(1, Math.round((own.rules.confidence + 0.3) * 100) / 100) }
            : own;
        },
      };
  }
}
