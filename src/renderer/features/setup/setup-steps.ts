import type { SetupView } from '#shared/contract/setup.ts';

export type StepId = SetupView['steps'][number]['id'];

/** Where each step is done. */
export const STEP_PATHS: Readonly<Record<StepId, string>> = {
  press: '/',
  trade: '/',
  security: '/settings/security',
  automation: '/settings/setup',
  risk: '/settings/limits',
  monitoring: '/settings/notifications',
  models: '/models',
  exchanges: '/settings/exchanges',
};
