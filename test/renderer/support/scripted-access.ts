import type { AppHandlers } from '#shared/contract/app-contract.ts';

/** Access that plays its part: it has no passphrase, and takes every proof. */
export function scriptedAccess(): Pick<AppHandlers, Extract<keyof AppHandlers, `access.${string}`>> {
  const view = {
    needs: 'confirm',
    freshMs: 60_000,
    totp: { enrolled: false, asksAtUnlock: false, backupCodesLeft: 0, waitMs: 0 },
  } as const;
  return {
    'access.status': () => view,
    'access.step_up': () => view,
    'access.log': () => [],
    'access.totp_enroll': () => view,
    'access.totp_disable': () => view,
    'access.backup_codes': () => view,
  };
}
