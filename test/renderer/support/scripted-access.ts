import type { AppHandlers } from '#shared/contract/app-contract.ts';

/** Access that plays its part: it has no passphrase, and takes every proof. */
export function scriptedAccess(): Pick<AppHandlers, Extract<keyof AppHandlers, `access.${string}`>> {
  const view = { needs: 'confirm', freshMs: 60_000 } as const;
  return {
    'access.status': () => view,
    'access.step_up': () => view,
    'access.log': () => [],
  };
}
