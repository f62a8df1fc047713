import { z } from 'zod';
import { factText } from '#shared/format/facts.ts';
import type { Fact, MarketContext } from '../context/types.ts';
import type { FactId } from '../domain/ids.ts';
import type { Json } from '../kernel/canonical-json.ts';
import type { InferenceRequest } from '../ports/inference.ts';
import type { PromptPart } from '../ports/prompt-parts.ts';
import { readingOf, TELLING_FACTS } from './fact-readings.ts';
import { type Bias, REGIMES, type Regime } from './types.ts';

/** The written half of the question, loaded from `resources/prompts/analyst-system.md`. The other half is rendered from the facts. */
export type AnalystPrompt = Pick<PromptPart, 'id' | 'version' | 'text' | 'hash'>;

/** What the model may say: labels, steps and ids of facts it was shown. No words of its own, no number that code would use. */
export type ModelAnswer = {
  readonly evidence: readonly FactId[];
  readonly regime: Regime;
  readonly bias: Bias;
  readonly confidence: number;
};

export type AnalystQuestion = { readonly shown: readonly Fact[]; readonly request: InferenceRequest };

const BIASES = ['long', 'short', 'none'] as const satisfies readonly Bias[];
/** Eleven steps as text: a grammar cannot bound a number, and small models write digits until they are cut off. */
const STEPS = ['0.0', '0.1', '0.2', '0.3', '0.4', '0.5', '0.6', '0.7', '0.8', '0.9', '1.0'] as const;
const MAX_EVIDENCE = 4;

/** Facts shown at most. Small models lose the thread in long lists, and every line costs time before the first token. */
const MAX_SHOWN = 14;
/** Greedy: the most likely answer, and the one that is easiest to repeat. The seed is recorded all the same. */
const TEMPERATURE = 0;
/** Of the further samples of a question, which are there to disagree. */
const SAMPLING_TEMPERATURE = 0.8;
/** A pretty-printed answer with four ids needs about 110 tokens; the rest is slack. */
const MAX_TOKENS = 200;

/** The most telling facts of the context; one without a reading could support no label and is left out. */
export const factsToShow = (context: MarketContext): readonly Fact[] =>
  TELLING_FACTS.flatMap((name) => context.facts.filter((fact) => fact.name === name))
    .filter((fact) => readingOf(fact, context) !== undefined)
    .slice(0, MAX_SHOWN);

/** `F07 trend strength (ADX 14) = 41.2 (strong trend)`: id, label, value and what code reads from it. */
export function factLine(fact: Fact, context: MarketContext): string {
  const reading = readingOf(fact, context);
  const line = `${fact.id} ${fact.label} = ${factText(fact)}`;
  return reading === undefined ? line : `${line} (${reading.words})`;
}

/**
 * The same without its digits. Facts are relative already, but a run of exact values is a fingerprint of one moment of the past, by which
 * a model that has read that past could know what came next.
 */
export function maskedLine(fact: Fact, context: MarketContext): string {
  return `${fact.id} ${fact.label}: ${readingOf(fact, context)?.words ?? 'unknown'}`;
}

/** The sampler's seed has 32 bits; cutting it here keeps the recorded seed equal to the used one. */
const samplerSeed = (seed: number): number => seed % 2 ** 32;

/** One asking for each sample: the first is greedy and is the answer that is judged, the others are drawn by chance with seeds of their own. */
export const askings = (request: InferenceRequest, samples: number): readonly InferenceRequest[] =>
  Array.from({ length: samples }, (_, index) =>
    index === 0 ? request : { ...request, seed: samplerSeed(request.seed + index), temperature: SAMPLING_TEMPERATURE },
  );

/** The whole question. `masked` hides the numbers. Undefined when the context has no fact worth asking about. */
export function askAbout(
  context: MarketContext,
  prompt: AnalystPrompt,
  seed: number,
  masked = false,
): AnalystQuestion | undefined {
  const written = masked ? maskedLine : factLine;
  const shown = factsToShow(context);
  if (shown.length === 0) return undefined;
  return {
    shown,
    request: {
      system: prompt.text,
      user: `Facts:\n${shown.map((fact) => written(fact, context)).join('\n')}\nAnswer:`,
      schema: grammarSchema(shown.map((fact) => fact.id)),
      seed: samplerSeed(seed),
      temperature: TEMPERATURE,
      maxTokens: MAX_TOKENS,
    },
  };
}

const makeSchema = (ids: readonly FactId[]) =>
  z.strictObject({
    regime: z.enum(REGIMES),
    bias: z.enum(BIASES),
    confidence: z.enum(STEPS),
    evidence: z.array(z.enum(ids)).min(1).max(MAX_EVIDENCE),
  });

/** By the facts that are shown, which are nearly always the same ones: building a schema costs more than reading an answer with it. */
const schemas = new Map<string, ReturnType<typeof makeSchema>>();
const MOST_SCHEMAS = 64;

function answerSchema(ids: readonly FactId[]): ReturnType<typeof makeSchema> {
  const key = ids.join(' ');
  const known = schemas.get(key);
  if (known !== undefined) return known;
  if (schemas.size >= MOST_SCHEMAS) schemas.clear();
  const made = makeSchema(ids);
  schemas.set(key, made);
  return made;
}

/** The same shape as JSON schema, inside what a grammar can express. The order of the properties is the order of writing. */
export function grammarSchema(ids: readonly FactId[]): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(answerSchema(ids));
  return JSON.parse(JSON.stringify(schema)) as Json;
}

export type ParsedAnswer =
  | { readonly ok: true; readonly answer: ModelAnswer }
  | { readonly ok: false; readonly why: string };

/** Checks the text again although a grammar produced it: it may be cut off, and another model server may know no grammar. */
export function parseAnswer(text: string, ids: readonly FactId[]): ParsedAnswer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'the answer is not complete JSON' };
  }
  const parsed = answerSchema(ids).safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = issue?.path.map(String).join('.') ?? '';
    return { ok: false, why: `the answer is outside the schema${where === '' ? '' : ` at ${where.slice(0, 60)}`}` };
  }
  return { ok: true, answer: { ...parsed.data, confidence: Number(parsed.data.confidence) } };
}
