import { acceptedStep } from '#host/access/totp.ts';
import type { AccessEntry, AccessView } from '#shared/contract/access.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { NOW } from './sample-market.ts';

const ENTRIES: readonly AccessEntry[] = [
  { seq: 3, at: NOW - 60_000, what: 'step_up_failed', face: 'terminal', how: 'that is not the passphrase' },
  { seq: 2, at: NOW - 120_000, what: 'unlocked', face: 'window', how: 'passphrase' },
  { seq: 1, at: NOW - 180_000, what: 'connected', face: 'window', how: 'the window' },
];

/** Access that plays its part: it takes every proof, and an authenticator whose code is the one of its key. */
export function scriptedAccess({
  biometric = null,
  needs = 'confirm',
}: Partial<Pick<AccessView, 'biometric' | 'needs'>> = {}): Pick<
  AppHandlers,
  Extract<keyof AppHandlers, `access.${string}`>
> {
  let totp: AccessView['totp'] = { enrolled: false, asksAtUnlock: false, backupCodesLeft: 0, waitMs: 0 };
  const view = (): AccessView => ({ needs, biometric, freshMs: 60_000, totp });
  return {
    'access.status': view,
    'access.step_up': view,
    'access.log': () => [...ENTRIES],
    'access.totp_enroll': ({ secret, code, asksAtUnlock, backupCodes }) => {
      if (acceptedStep(secret, code, Date.now(), 0) === undefined)
        throw new ContractError({
          code: 'rejected',
          reason: 'refused',
          message: 'that is not the code of this key',
          remedy: 'look at the clock of the phone, and type the code that shows now',
        });
      totp = { enrolled: true, asksAtUnlock, backupCodesLeft: backupCodes.length, waitMs: 0 };
      return view();
    },
    'access.totp_disable': () => {
      totp = { enrolled: false, asksAtUnlock: false, backupCodesLeft: 0, waitMs: 0 };
      return view();
    },
    'access.backup_codes': ({ backupCodes }) => {
      totp = { ...totp, backupCodesLeft: backupCodes.length };
      return view();
    },
  };
}
