import type { Hash } from '../domain/ids.ts';

/** One versioned piece of an agent's instructions. `placeholders` are exactly the `{{names}}` of its text. */
export type PromptPart = {
  readonly id: string;
  readonly version: number;
  /** Why the part exists, for the person who edits it. */
  readonly purpose: string;
  readonly placeholders: readonly string[];
  readonly text: string;
  /** Over all other fields, so that an edited part has another hash even when its version was forgotten. */
  readonly hash: Hash;
};

/** Parts by id. */
export type PromptParts = ReadonlyMap<string, PromptPart>;
