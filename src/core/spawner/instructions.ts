import type { Assessment, Regime } from '../analyst/types.ts';
import type { MarketContext } from '../context/types.ts';
import type { FamilyName, FamilyParameters } from '../domain/strategy.ts';
import { Fault } from '../kernel/fault.ts';
import { numberText } from '../kernel/number-text.ts';
import { utcText } from '../kernel/utc-text.ts';
import type { PromptPart, PromptParts } from '../ports/prompt-parts.ts';
import { becauseOf, regimeWords } from './choose-family.ts';
import { percentText } from './envelope.ts';
import type { MemoryEvidence } from './memory-evidence.ts';
import type { Lifespan, RiskEnvelope, SpawnPolicy } from './types.ts';

export type InstructionFacts = {
  readonly context: MarketContext;
  readonly assessment: Assessment;
  readonly family: FamilyName;
  readonly parameters: FamilyParameters;
  readonly policy: SpawnPolicy;
  readonly envelope: RiskEnvelope;
  /** What made the envelope tighter than the policy. */
  readonly envelopeWhy: string;
  readonly lifespan: Lifespan;
  readonly memory: MemoryEvidence;
  /** Who chose it, as a sentence; absent where the judgement did. */
  readonly chosenBy?: string;
};

export type Instructions = { readonly text: string; readonly parts: readonly PromptPart[] };

/** Ids of the parts in reading order: who, will do, will not do, limits, because, lessons. An agent that was chosen has no regime to thank. */
export const partIds = (family: FamilyName, regime: Regime | 'chosen'): readonly string[] => [
  'role',
  `family-${family}`,
  'never-do',
  'limits',
  regime === 'chosen' ? regime : `regime-${regime.replaceAll('_', '-')}`,
  'memory',
];

/**
 * Assembles what the agent is told, from versioned parts filled with values that code renders. A person reads the same text in the
 * brief. The text binds nobody: every number in it is enforced by the envelope and the family's parameters.
 * Throws Fault `bad_data` when a part is missing or a placeholder has no value.
 */
export function assembleInstructions(parts: PromptParts, facts: InstructionFacts): Instructions {
  const used = partIds(facts.family, facts.chosenBy === undefined ? facts.assessment.regime : 'chosen').map((id) =>
    requirePart(parts, id),
  );
  const values = placeholderValues(facts);
  return { text: `${used.map((part) => fillPart(part, values)).join('\n\n')}\n`, parts: used };
}

function requirePart(parts: PromptParts, id: string): PromptPart {
  const part = parts.get(id);
  if (part === undefined)
    throw new Fault('bad_data', `prompt part "${id}" is missing`, `Restore ${id}.md in the prompts folder.`);
  return part;
}

/** Replaces each `{{name}}` once; a value that itself looks like a placeholder stays text. */
export function fillPart(part: PromptPart, values: Readonly<Record<string, string>>): string {
  return part.text.trim().replace(/\{\{([^{}]*)\}\}/g, (_whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined || value === '') {
      throw new Fault(
        'bad_data',
        `prompt part "${part.id}" asks for {{${name}}}, which has no value`,
        `Correct the placeholder in ${part.id}.md.`,
      );
    }
    return value;
  });
}

function placeholderValues(facts: InstructionFacts): Readonly<Record<string, string>> {
  const { context, assessment, parameters, envelope, lifespan, memory, policy } = facts;
  // A family that buys in equal parts has this parameter, and rests no target.
  const parts = parameters['tranches'] ?? 1;
  const parameterTexts = Object.entries(parameters).map(([name, value]) => [name, numberText(value)]);
  return {
    ...Object.fromEntries(parameterTexts),
    because: facts.chosenBy ?? becauseOf(facts.family, assessment.regime),
    regime: regimeWords(assessment.regime),
    adding: parts > 1 ? `Buy more than ${parts} parts of a position` : 'Add to a position',
    targetRule: parts > 1 ? 'no target: it leaves by its own rules' : `target ${envelope.targetAtr} ATR from the entry`,
    instrument: oneLine(context.instrumentId),
    interval: context.interval,
    asOf: utcText(context.asOf),
    lastClose: numberText(context.lastClose, 8),
    maxBars: String(lifespan.maxBars),
    expiresAt: utcText(lifespan.expiresAt),
    riskPerTradePercent: percentText(envelope.riskPerTrade),
    maxNotionalPercent: percentText(envelope.maxNotionalFraction),
    dayLossPercent: percentText(envelope.dayLoss),
    stopAtr: envelope.stopAtr,
    targetAtr: envelope.targetAtr,
    maxPositions: String(envelope.maxPositions),
    confidencePercent: `${numberText(assessment.confidence * 100, 4)} %`,
    minConfidencePercent: `${numberText(policy.minConfidence * 100, 4)} %`,
    source: assessment.source === 'model' ? 'the local model, grounded in facts' : 'the rules',
    riskReason: facts.envelopeWhy,
    reasons: bullets(assessment.reasons, 'The analyst gave no further reason.'),
    lessonSummary: sentence(memory.summary),
    lessons: bullets(
      memory.uses.map(
        (use) => `${use.id}: ${use.outcomeR} R, similarity ${numberText(use.similarity, 2)}; ${use.effect}`,
      ),
      'No lesson fits this moment yet.',
    ),
  };
}

const MAX_LINES = 12;
const MAX_LINE = 400;

/** Control characters and line breaks become spaces, so that no value can add a heading or a line of its own. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_LINE);
const bullets = (lines: readonly string[], whenEmpty: string): string =>
  (lines.length === 0 ? [whenEmpty] : lines.slice(0, MAX_LINES)).map((line) => `- ${oneLine(line)}`).join('\n');
const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
