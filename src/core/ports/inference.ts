import type { Hash } from '../domain/ids.ts';
import type { Json } from '../kernel/canonical-json.ts';

export type InferenceRequest = {
  readonly system: string;
  readonly user: string;
  /** JSON schema inside the subset that the grammar supports: const, enum, string, array, object; no numeric bounds. */
  readonly schema: Json;
  readonly seed: number;
  readonly temperature: number;
  readonly maxTokens: number;
};

export type InferenceReply =
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly tokens: number;
      readonly elapsedMs: number;
      /** The answer as the model's own tokens, for a replay that is to be equal to the last one. Absent where a model shows none. */
      readonly tokenIds?: readonly number[];
      /** Tokens of the question, and the time until the first of the answer, where they could be measured. */
      readonly promptTokens?: number;
      readonly firstTokenMs?: number;
    }
  | { readonly kind: 'late'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string };

/** Besides weights, prompt and sampler: what the bits of an answer depend on. `build` of the status says the same in one line. */
export type ModelRuntime = {
  /** Version of node-llama-cpp. */
  readonly nodeLlamaCpp: string;
  /** Release of llama.cpp. */
  readonly llamaCpp: string;
  readonly backend: string;
  readonly threads: number;
  readonly contextSize: number;
  readonly batchSize: number;
  /** How turns are marked in the prompt. */
  readonly chatFormat: string;
};

export type ModelStatus =
  | { readonly kind: 'absent'; readonly why: string }
  | { readonly kind: 'loading'; readonly name: string }
  | {
      readonly kind: 'ready';
      readonly name: string;
      readonly hash: Hash;
      readonly build: string;
      readonly runtime?: ModelRuntime;
      /** Grade of the determinism canary, where one was run: how far the same question has had the same answer on this machine. */
      readonly canary?: string;
    }
  | { readonly kind: 'failed'; readonly name: string; readonly why: string };

/** Says that an answer is no longer wanted. An AbortSignal is one. */
export type CancelToken = {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
};

export type AskOptions = {
  /** Hears the answer piece by piece while it is written, at most 64,000 characters of it. What counts is only the whole answer. */
  readonly onText?: (text: string) => void;
  /** Withdraws the question: the reply is `failed` at once and the model stops writing. */
  readonly cancel?: CancelToken;
};

/** A local language model in its own process. A hung, slow or dead model never blocks the caller past the deadline. */
export interface Inference {
  status(): ModelStatus;
  /** Waits at most `deadlineMs`; then the answer is `late` and the work is stopped. A fresh context for each call. */
  ask(request: InferenceRequest, deadlineMs: number, options?: AskOptions): Promise<InferenceReply>;
  dispose(): Promise<void>;
}
