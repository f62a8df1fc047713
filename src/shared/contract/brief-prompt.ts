import { z } from 'zod';

/** A line of one text set beside another. */
export const diffLine = z.strictObject({ kind: z.enum(['same', 'removed', 'added']), text: z.string().max(1_000) });

/** A part of the instructions in the version that was taken. */
export const promptUsed = z.strictObject({
  id: z.string(),
  version: z.int(),
  hash: z.string(),
  /** False when the part was edited since: then its template of that time is not at hand. */
  current: z.boolean(),
});

/** What an agent would be told, while its brief waits. */
export const briefPrompt = z.strictObject({
  parts: z.array(promptUsed),
  instructions: z.string().max(20_000),
  /** From the templates that ship to what it would be told. */
  template: z.array(diffLine),
  /** From the master's own version of them; null where none of its parts was edited. */
  edited: z.array(diffLine).nullable(),
});
export type BriefPrompt = z.infer<typeof briefPrompt>;
