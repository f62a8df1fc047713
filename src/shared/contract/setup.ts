import { z } from 'zod';
import { call } from './define.ts';
import { nothing, shortText } from './primitives.ts';

/** What a new master does, in this order. */
export const SETUP_STEPS = [
  'press',
  'trade',
  'security',
  'automation',
  'risk',
  'monitoring',
  'models',
  'exchanges',
] as const;
/** Steps that are done by looking and agreeing: what ships is meant to be kept. */
export const REVIEWED_STEPS = ['automation', 'risk', 'monitoring'] as const;
/** What is worth a look each day. */
export const DAILY_CHECKS = ['health', 'backup', 'risk', 'positions', 'errors', 'lessons'] as const;

export const setupView = z.strictObject({
  steps: z.array(z.strictObject({ id: z.enum(SETUP_STEPS), done: z.boolean(), detail: shortText })),
  daily: z.array(z.strictObject({ id: z.enum(DAILY_CHECKS), state: z.enum(['ok', 'look']), detail: shortText })),
});
export type SetupView = z.infer<typeof setupView>;

export const setupContract = {
  /** How far the set-up is, and what of today is worth a look. */
  'setup.get': call('view', nothing, setupView),
} as const;
