import { Fault } from '#core/kernel/fault.ts';
import { type AppHandlers, appContract } from '#shared/contract/app-contract.ts';
import { FACE_WORDS } from '#shared/contract/faces.ts';
import { type EngineState, PERMISSIONS } from '#shared/contract/permissions.ts';
import { type Caller, onBehalfOf } from '../access/caller.ts';
import type { StepUp } from '../access/step-up.ts';
import { UNLOCK_REMEDY } from '../vault/credential.ts';

export type FaceHandlersOptions = {
  readonly caller: Caller;
  readonly state: () => EngineState;
  readonly stepUp: StepUp;
  /** Whether a second factor is enrolled. */
  readonly secondFactor: () => boolean;
  /** Does what the call asks for; everything that would forbid it has been looked at. */
  readonly answer: (name: keyof AppHandlers, input: unknown) => unknown;
};

const SHUT_MESSAGES = {
  open: 'this is possible only while the vault is shut',
  sealed: 'the vault is sealed: nothing can be read or done before it is unlocked',
  locked: 'the window and the terminal are locked; the engine goes on',
  changing: 'the data is being written under a new key',
} as const;

export const shutFault = (why: EngineState): Fault =>
  new Fault('locked', SHUT_MESSAGES[why], why === 'changing' ? 'wait a moment and try again' : UNLOCK_REMEDY);

const CALLS = Object.entries(appContract)
  .filter(([, { kind }]) => kind === 'call')
  .map(([name]) => name as keyof AppHandlers);

/** The calls of one connection, each held to its row of the permissions: who, while, and with which proof, in this order. */
export function createFaceHandlers({ caller, state, stepUp, secondFactor, answer }: FaceHandlersOptions): AppHandlers {
  const held = (name: keyof AppHandlers, input: unknown): unknown => {
    const { who, while: allowed, stepUp: rule, act } = PERMISSIONS[name];
    if (!who.includes(caller.face))
      throw new Fault('refused', `${FACE_WORDS[caller.face]} may not call ${name}`, 'use the window or the terminal');
    if (caller.token?.stands() === false)
      throw new Fault(
        'refused',
        `the token ${caller.token.name} was revoked or has expired`,
        'make a new one: mt api token new NAME --scope view',
      );
    const now = state();
    if (!allowed.includes(now)) throw shutFault(now);
    return onBehalfOf(caller, name, () => {
      if (rule === 'always' || (rule === 'with the second factor' && secondFactor())) stepUp.demand(act);
      if (rule === 'once there is a passphrase') stepUp.demandOnceProtected(act);
      return answer(name, input);
    });
  };
  return Object.fromEntries(
    CALLS.map((name) => [name, (input: unknown) => held(name, input)]),
  ) as unknown as AppHandlers;
}
