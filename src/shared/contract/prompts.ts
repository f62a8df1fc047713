import { z } from 'zod';
import { call } from './define.ts';
import { hashText, nothing, shortText, unixMsNumber } from './primitives.ts';

const partId = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/, 'is not the name of a prompt part');
const reason = z.string().trim().min(1).max(200);
export const PROMPT_CAP = 4_000;

export const promptPartView = z.strictObject({
  id: partId,
  purpose: z.string().max(400),
  version: z.int(),
  hash: hashText,
  /** Written anew by the master; false for a part as it ships. */
  edited: z.boolean(),
  /** Why it cannot be edited; null when it can. */
  fixed: shortText.nullable(),
  placeholders: z.array(z.string()),
});
export type PromptPartView = z.infer<typeof promptPartView>;

export const promptLine = z.strictObject({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });

export const promptPartDetail = z.strictObject({
  part: promptPartView,
  text: z.string(),
  /** The text as it ships, and how the one that holds differs from it. */
  shipped: z.string(),
  lines: z.array(promptLine),
  /** Newest first. */
  history: z.array(
    z.strictObject({ version: z.int(), ts: unixMsNumber, reason: z.string(), text: z.string().nullable() }),
  ),
});
export type PromptPartDetail = z.infer<typeof promptPartDetail>;

export const promptsContract = {
  'prompts.list': call('view', nothing, z.array(promptPartView)),
  'prompts.show': call('view', z.strictObject({ id: partId }), promptPartDetail),
  /** The next version of a part, with exactly the placeholders it has. Agents that are spawned from now on get it. */
  'prompts.edit': call(
    'admin',
    z.strictObject({ id: partId, text: z.string().min(1).max(PROMPT_CAP), reason }),
    promptPartDetail,
  ),
  /** The part as it ships holds again, or an earlier version of the master's own. */
  'prompts.restore': call(
    'admin',
    z.strictObject({ id: partId, version: z.int().min(1).optional(), reason }),
    promptPartDetail,
  ),
} as const;
