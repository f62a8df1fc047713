import type { Hash } from '../domain/ids.ts';
import type { Json } from '../kernel/canonical-json.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { InferenceReply, InferenceRequest, ModelRuntime, ModelStatus } from '../ports/inference.ts';

/** One asking of the question: its chance, and what came back, to the token. */
export type AskedSample = {
  /** What the sampler was started with; recorded at temperature 0 as well. */
  readonly seed: number;
  readonly temperature: number;
  readonly reply: SampleReply;
};

export type SampleReply =
  | { readonly kind: 'answer'; readonly text: string; readonly tokenIds: readonly number[] | null }
  | { readonly kind: 'late' | 'failed'; readonly why: string };

/** What the question consists of besides chance. */
export type ReceiptQuestion = {
  readonly system: string;
  readonly user: string;
  readonly schema: Json;
  readonly maxTokens: number;
};

/** Who was asked. Null when the model was no longer there after the question, as when its process had to be killed. */
export type ReceiptModel = {
  readonly name: string;
  readonly hash: Hash;
  readonly build: string;
  readonly runtime: ModelRuntime | null;
  /** Grade of the determinism canary, or null where none was run. */
  readonly canary: string | null;
};

/** Everything that is needed to put the same question to the same model again, and what it answered then. */
export type ModelReceipt = {
  readonly snapshotHash: Hash;
  readonly contextHash: Hash;
  /** `analyst-system@1` */
  readonly promptVersion: string;
  readonly question: ReceiptQuestion;
  readonly model: ReceiptModel | null;
  /** The model's declared end of training, or `unknown`. */
  readonly cutoff: string;
  /** The numbers were hidden from the model; see `factLine`. */
  readonly masked: boolean;
  /** The first is the one whose answer was judged. */
  readonly samples: readonly AskedSample[];
};

/** The request that a sample was, or would be. */
export const requestOf = (
  question: ReceiptQuestion,
  { seed, temperature }: Pick<AskedSample, 'seed' | 'temperature'>,
): InferenceRequest => ({ ...question, seed, temperature });

/** The other way round: a request without its chance. */
export const questionOf = ({ system, user, schema, maxTokens }: InferenceRequest): ReceiptQuestion => ({
  system,
  user,
  schema,
  maxTokens,
});

export const receiptModel = (status: ModelStatus): ReceiptModel | null =>
  status.kind !== 'ready'
    ? null
    : {
        name: status.name,
        hash: status.hash,
        build: status.build,
        runtime: status.runtime ?? null,
        canary: status.canary ?? null,
      };

export const sampleReply = (reply: InferenceReply): SampleReply =>
  reply.kind === 'answer'
    ? { kind: 'answer', text: reply.text, tokenIds: reply.tokenIds ?? null }
    : { kind: reply.kind, why: reply.why };

/** Texts that many questions share are kept once and cited by hash. */
export type KeptText = { readonly hash: Hash; readonly text: string };

const keep = (digest: Digest, text: string): KeptText => ({ hash: hashOf(digest, 'kept-text', text), text });

/** A receipt as it is recorded: instructions and grammar by hash, the facts of the moment as they were shown. */
export type RecordedReceipt = Omit<ModelReceipt, 'question'> & {
  readonly question: {
    readonly system: Hash;
    readonly schema: Hash;
    readonly user: string;
    readonly maxTokens: number;
  };
};

/** Splits a receipt into its record and the texts that the record cites. */
export function recordReceipt(
  digest: Digest,
  receipt: ModelReceipt,
): { readonly record: RecordedReceipt; readonly texts: readonly KeptText[] } {
  const { question } = receipt;
  const system = keep(digest, question.system);
  // As it was written and not in canonical form: the order of a grammar's properties is the order in which the model writes.
  const schema = keep(digest, JSON.stringify(question.schema));
  return {
    record: {
      ...receipt,
      question: {
        system: system.hash,
        schema: schema.hash,
        user: question.user,
        maxTokens: question.maxTokens,
      },
    },
    texts: [system, schema],
  };
}

/** Puts a receipt together again. `textOf` must throw for a text that is not kept, or that does not have the hash any more. */
export function readReceipt(record: RecordedReceipt, textOf: (hash: Hash) => string): ModelReceipt {
  const { question } = record;
  return {
    ...record,
    question: {
      system: textOf(question.system),
      user: question.user,
      schema: JSON.parse(textOf(question.schema)) as Json,
      maxTokens: question.maxTokens,
    },
  };
}

/** Whether a text is the one that its hash names. */
export const isKept = (digest: Digest, { hash, text }: KeptText): boolean => keep(digest, text).hash === hash;

/** Equal questions are equal to the byte, order of the grammar included. */
export const sameSchema = (a: Json, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Over all that was asked, chance included: the same hash means that the same question was asked. */
export const requestHash = (digest: Digest, request: InferenceRequest): Hash =>
  hashOf(digest, 'analyst-prompt', request);
