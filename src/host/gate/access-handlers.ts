import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { AccessDesk } from '../access/access-desk.ts';
import type { GateAccessCall } from './types.ts';

/** Proofs are the gate's: they belong to connections, which outlive an engine that is closed and opened again. */
export const createAccessHandlers = (access: AccessDesk): Pick<AppHandlers, GateAccessCall> => ({
  'access.status': () => access.view(),
  'access.step_up': ({ proof }) => access.prove(proof),
});
