import type { Json } from '../kernel/canonical-json.ts';
import type { Inference, InferenceReply, InferenceRequest } from '../ports/inference.ts';
import {
  type AskedSample,
  type ModelReceipt,
  type ReceiptModel,
  type ReceiptQuestion,
  receiptModel,
  requestOf,
  type SampleReply,
  sameSchema,
  sampleReply,
} from './receipt.ts';

/**
 * What can make the same question have another answer, in the order in which it is named: other weights explain everything, and nothing
 * explains what is left when all of these are equal.
 */
export const CAUSES = ['weights', 'build', 'backend', 'evaluation', 'sampler', 'prompt', 'unexplained'] as const;
export type Cause = (typeof CAUSES)[number];

/** One condition that is not as it was. */
export type Changed = { readonly cause: Exclude<Cause, 'unexplained'>; readonly what: string };

/** Where two answers part, counted from 0. Null stands for the end of the shorter one. Tokens where there are any, else characters. */
export type Difference = {
  readonly unit: 'token' | 'character';
  readonly at: number;
  readonly recorded: number | null;
  readonly again: number | null;
};

export type ReplayedSample = {
  readonly seed: number;
  readonly temperature: number;
  /** `no_record`: there was no answer then; `no_answer`: there was none now. */
  readonly verdict: 'identical' | 'differs' | 'no_record' | 'no_answer';
  readonly length: number;
  readonly unit: 'token' | 'character';
  readonly recorded: string;
  readonly again: string;
  readonly difference: Difference | null;
  /** The first of the conditions that changed; null unless the answers differ. */
  readonly cause: Cause | null;
  readonly changed: readonly Changed[];
};

export type ReplayVerdict = 'identical' | 'differs' | 'no_record' | 'no_answer';
export type Replay = {
  readonly verdict: ReplayVerdict;
  readonly cause: Cause | null;
  readonly model: ReceiptModel | null;
  readonly samples: readonly ReplayedSample[];
};

export type ReplayInput = {
  readonly receipt: ModelReceipt;
  readonly inference: Inference;
  /** For each sample. */
  readonly deadlineMs: number;
  /** Ask something else than was recorded, to see what it changes. */
  readonly instead?: { readonly seed?: number; readonly question?: ReceiptQuestion };
};

/** Puts the recorded question again, each sample in a fresh context and one after the other, and says where the answers part and why. */
export async function replay({ receipt, inference, deadlineMs, instead = {} }: ReplayInput): Promise<Replay> {
  const samples: ReplayedSample[] = [];
  let model: ReceiptModel | null = null;
  const shift = instead.seed === undefined ? 0 : instead.seed - (receipt.samples[0]?.seed ?? 0);
  for (const sample of receipt.samples) {
    const recorded = requestOf(receipt.question, sample);
    const seed = (((sample.seed + shift) % 2 ** 32) + 2 ** 32) % 2 ** 32;
    const asked = requestOf(instead.question ?? receipt.question, { ...sample, seed });
    const reply = sampleReply(await askPatiently(inference, asked, deadlineMs));
    model = receiptModel(inference.status());
    const changed = [...changedModel(receipt.model, model), ...changedRequest(recorded, asked)].toSorted(
      (a, b) => CAUSES.indexOf(a.cause) - CAUSES.indexOf(b.cause),
    );
    samples.push(compareSample(sample, reply, changed));
  }
  const worst = (['differs', 'no_answer', 'no_record'] as const).find((verdict) =>
    samples.some((sample) => sample.verdict === verdict),
  );
  // A sample without a recorded answer proves nothing about the others: what can be compared decides.
  const comparable = samples.some(({ verdict }) => verdict === 'identical');
  const verdict = worst === undefined || (worst === 'no_record' && comparable) ? 'identical' : worst;
  return { verdict, cause: samples.find(({ cause }) => cause !== null)?.cause ?? null, model, samples };
}

/** A machine that is busy for a moment is no reason to call a replay impossible. */
const TRIES = 3;

async function askPatiently(
  inference: Inference,
  request: InferenceRequest,
  deadlineMs: number,
): Promise<InferenceReply> {
  let reply = await inference.ask(request, deadlineMs);
  for (let tries = 1; reply.kind === 'late' && tries < TRIES; tries++) reply = await inference.ask(request, deadlineMs);
  return reply;
}

/** Compares one answer with the recorded one. */
export function compareSample(sample: AskedSample, again: SampleReply, changed: readonly Changed[]): ReplayedSample {
  const before = sample.reply;
  const base = {
    seed: sample.seed,
    temperature: sample.temperature,
    recorded: before.kind === 'answer' ? before.text : before.why,
    again: again.kind === 'answer' ? again.text : again.why,
    unit: 'token' as const,
    length: 0,
    difference: null,
    cause: null,
    changed,
  };
  if (before.kind !== 'answer') return { ...base, verdict: 'no_record' };
  if (again.kind !== 'answer') return { ...base, verdict: 'no_answer' };
  const unit = before.tokenIds === null || again.tokenIds === null ? 'character' : 'token';
  const units = (answer: typeof before): readonly number[] =>
    unit === 'token' && answer.tokenIds !== null
      ? answer.tokenIds
      : Array.from(answer.text, (letter) => letter.codePointAt(0) ?? 0);
  const [a, b] = [units(before), units(again)];
  const at = firstDifference(a, b);
  if (at === undefined) return { ...base, verdict: 'identical', unit, length: a.length };
  return {
    ...base,
    verdict: 'differs',
    unit,
    length: a.length,
    difference: { unit, at, recorded: a[at] ?? null, again: b[at] ?? null },
    cause: changed[0]?.cause ?? 'unexplained',
  };
}

function firstDifference(a: readonly number[], b: readonly number[]): number | undefined {
  for (let at = 0; at < Math.max(a.length, b.length); at++) if (a[at] !== b[at]) return at;
  return undefined;
}

/** What of the model is not as it was, in the order of CAUSES. A model that is not known any more cannot be said to have changed. */
export function changedModel(then: ReceiptModel | null, now: ReceiptModel | null): readonly Changed[] {
  if (then === null || now === null) return [];
  const changed: Changed[] = [];
  const note = (cause: Changed['cause'], name: string, before: unknown, after: unknown): void => {
    if (before !== after) changed.push({ cause, what: `${name} ${String(before)}, now ${String(after)}` });
  };
  note('weights', 'sha256', short(then.hash), short(now.hash));
  if (then.hash !== now.hash && short(then.hash) === short(now.hash)) note('weights', 'sha256', then.hash, now.hash);
  const [a, b] = [then.runtime, now.runtime];
  if (a === null || b === null) {
    note('build', 'build', then.build, now.build);
    return changed;
  }
  note('build', 'node-llama-cpp', a.nodeLlamaCpp, b.nodeLlamaCpp);
  note('build', 'llama.cpp', a.llamaCpp, b.llamaCpp);
  note('backend', 'backend', a.backend, b.backend);
  note('evaluation', 'threads', a.threads, b.threads);
  note('evaluation', 'batch', a.batchSize, b.batchSize);
  note('evaluation', 'context', a.contextSize, b.contextSize);
  note('prompt', 'chat format', a.chatFormat, b.chatFormat);
  return changed;
}

/** What of the request is not as it was. */
export function changedRequest(then: InferenceRequest, now: InferenceRequest): readonly Changed[] {
  const changed: Changed[] = [];
  for (const name of ['seed', 'temperature', 'maxTokens'] as const)
    if (then[name] !== now[name])
      changed.push({ cause: 'sampler', what: `${SAMPLER[name]} ${then[name]}, now ${now[name]}` });
  for (const name of ['system', 'user'] as const)
    if (then[name] !== now[name])
      changed.push({ cause: 'prompt', what: `${PROMPT[name]} from character ${partAt(then[name], now[name])} on` });
  if (!sameSchema(then.schema, now.schema))
    changed.push({ cause: 'prompt', what: `grammar from character ${partAt(text(then.schema), text(now.schema))} on` });
  return changed;
}

const SAMPLER = { seed: 'seed', temperature: 'temperature', maxTokens: 'most tokens' } as const;
const PROMPT = { system: 'instructions', user: 'facts' } as const;
const text = (schema: Json): string => JSON.stringify(schema);
const short = (hash: string): string => hash.slice(0, 12);

/** Counted from 1, as a person does. */
function partAt(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at + 1;
}
