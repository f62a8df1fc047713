import { Fault } from '#core/kernel/fault.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { AccessDesk } from '../access/access-desk.ts';
import type { SecondFactor } from '../access/second-factor.ts';
import type { GateAccessCall } from './types.ts';

/** Proofs are the gate's: they belong to connections, which outlive an engine that is closed and opened again. */
export const createAccessHandlers = (access: AccessDesk, factor: SecondFactor): Pick<AppHandlers, GateAccessCall> => ({
  'access.status': () => access.view(),
  'access.step_up': ({ proof }) => access.prove(proof),
  async 'access.totp_enroll'(given) {
    if (access.view().needs === 'confirm')
      throw new Fault(
        'refused',
        'an authenticator is a second factor, and there is no passphrase yet',
        'set one first: mt vault set-passphrase',
      );
    await factor.enrol(given);
    access.note('access.factor_changed', given.asksAtUnlock ? 'enrolled, asked at unlock' : 'enrolled');
    return access.view();
  },
  'access.totp_disable'() {
    factor.disable();
    access.note('access.factor_changed', 'disabled');
    return access.view();
  },
  async 'access.backup_codes'({ backupCodes }) {
    await factor.renewBackupCodes(backupCodes);
    access.note('access.factor_changed', 'ten new backup codes');
    return access.view();
  },
});
