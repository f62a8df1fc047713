import type { AgentSpecView, AssessmentView, CycleView, FactView } from '#shared/contract/cycle.ts';
import { contaminationStamp } from '../analyst/contamination.ts';
import type { Assessment, Judgement } from '../analyst/types.ts';
import type { Fact } from '../context/types.ts';
import type { Lesson } from '../memory/types.ts';
import type { AgentSpec, LessonUse } from '../spawner/types.ts';

/** A fact as a screen shows it. */
export const factView = ({ id, name, label, value, unit }: Fact): FactView => ({ id, name, label, value, unit });

const judgementView = (judgement: Judgement, facts: readonly Fact[]): AssessmentView['rules'] => ({
  regime: judgement.regime,
  bias: judgement.bias,
  confidence: judgement.confidence,
  evidence: judgement.evidence.flatMap((id) => facts.filter((fact) => fact.id === id).map(factView)),
  reasons: [...judgement.reasons],
});

/** The assessment with its cited facts written out. */
export function assessmentView(assessment: Assessment, facts: readonly Fact[]): AssessmentView {
  const { model, provenance, contamination, disagreement } = assessment;
  const stamp = contamination === undefined ? undefined : contaminationStamp(contamination);
  return {
    ...judgementView(assessment, facts),
    source: assessment.source,
    rules: judgementView(assessment.rules, facts),
    model: {
      outcome: model.kind,
      why: model.kind === 'used' ? 'its answer is grounded in the cited facts' : model.why,
      ...(provenance === undefined ? {} : { name: provenance.modelName }),
      ...(stamp === undefined ? {} : { stamp }),
      ...(disagreement === undefined ? {} : { disagreement: { ...disagreement, labels: { ...disagreement.labels } } }),
    },
  };
}

/** A lesson as the debrief of a run in this environment kept it. */
export const lessonView = (
  lesson: Lesson,
  environment: CycleView['environment'],
): NonNullable<CycleView['lesson']> => ({
  id: lesson.id,
  environment,
  regime: lesson.regime,
  family: lesson.family,
  decidedAt: lesson.decidedAt,
  resolvedAt: lesson.resolvedAt,
  outcomeR: lesson.outcomeR,
  outcomeMoney: lesson.outcomeMoney,
  traded: lesson.traded,
  text: lesson.text,
});

/** A lesson as a decision used it. */
export const lessonUseView = (use: LessonUse): AgentSpecView['lessons'][number] => ({
  ...use,
  environment: use.environment ?? null,
});

/** An agent's spec with why it was made. */
export const specView = (spec: AgentSpec, why: string): NonNullable<CycleView['agentSpec']> => ({
  hash: spec.hash,
  family: spec.family,
  parameters: { ...spec.parameters },
  envelope: { ...spec.envelope },
  lifespan: { ...spec.lifespan },
  instructions: spec.instructions,
  promptParts: spec.promptParts.map((part) => ({ ...part })),
  lessons: spec.lessons.map(lessonUseView),
  regime: spec.regime,
  confidence: spec.confidence,
  why,
});
