import type { BootClock } from '#adapters/clock-system/boot-clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { ProofNeeded } from '#shared/contract/access.ts';
import { PERMISSIONS } from '#shared/contract/permissions.ts';
import { type Caller, whoAsks } from './caller.ts';

/** How long a proof holds: long enough to finish what it was given for. */
export const FRESH_MS = 60_000;

/** A second proof of who asks, given a moment ago: what raises risk, autonomy or rights needs one. */
export type StepUp = {
  /** Throws Fault `step_up` that says what to prove, unless a proof of the master is fresh. `what` names the act, as "raise a limit". */
  readonly demand: (what: string) => void;
  /** As `demand`, once a passphrase is set; before that it passes. */
  readonly demandOnceProtected: (what: string) => void;
};

export type StepUpOptions = {
  /** Time that no setting of the clock moves. */
  readonly clock: Pick<BootClock, 'uptimeMs'>;
  /** What counts as a proof just now. */
  readonly needs: () => ProofNeeded;
};

/** Milliseconds that the caller's proof still holds. */
export const freshMs = ({ provenAt }: Caller, clock: StepUpOptions['clock']): number => {
  if (provenAt === undefined) return 0;
  const age = clock.uptimeMs() - provenAt;
  // A proof of the future is one of another start of the machine, or of a clock that went back: none.
  return age < 0 ? 0 : Math.max(0, Math.ceil(FRESH_MS - age));
};

/**
 * Asks for the proof of the connection that the work at hand was asked for by. Work that nobody asked for proves nothing, so it is refused:
 * the engine never raises anything by itself.
 */
export function createStepUp({ clock, needs }: StepUpOptions): StepUp {
  const demand = (what: string): void => {
    const asked = whoAsks();
    if (asked !== undefined && Object.hasOwn(PERMISSIONS, asked.call)) {
      const { stepUp } = PERMISSIONS[asked.call as keyof typeof PERMISSIONS];
      // The table is what the master reads: a call that asks against its row is a defect, and asks in vain.
      if (stepUp === 'never')
        throw new TypeError(`${asked.call} asks for a proof, and the permissions say it never does`);
    }
    if (asked !== undefined && freshMs(asked.caller, clock) > 0) return;
    throw stepUpFault(what, needs());
  };
  return {
    demand,
    demandOnceProtected(what) {
      if (needs() !== 'confirm') demand(what);
    },
  };
}

const REMEDIES: Readonly<Record<ProofNeeded, string>> = {
  confirm: 'confirm it: the window asks, and so does mt on a terminal; a script confirms with --yes',
  passphrase: 'give the passphrase: the window asks for it, and so does mt on a terminal',
  totp: 'give a code of your authenticator: the window asks for it, and so does mt on a terminal',
};

const stepUpFault = (what: string, needed: ProofNeeded): Fault =>
  new Fault('step_up', `to ${what}, prove that it is you who asks`, REMEDIES[needed]);
