import type { BootClock } from '#adapters/clock-system/boot-clock.ts';
import type { AccessPayload, AccessRecord } from '#core/cycle/access-records.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AccessView, ProofNeeded } from '#shared/contract/access.ts';
import type { AppInput } from '#shared/contract/app-contract.ts';
import { FACE_WORDS, type Face } from '#shared/contract/faces.ts';
import type { Credential } from '../vault/credential.ts';
import type { BiometricProvider } from './biometric-provider.ts';
import { type Caller, type NamedToken, whoAsks } from './caller.ts';
import type { SecondFactor } from './second-factor.ts';
import { createStepUp, freshMs, type StepUp } from './step-up.ts';

export type AccessNote = { readonly type: AccessRecord } & AccessPayload;
/** What proves who asks. */
export type ProvedBy =
  | 'confirmation'
  | 'passphrase'
  | 'recovery code'
  | 'authenticator code'
  | 'backup code'
  | 'biometrics';
export type Proof = AppInput<'access.step_up'>['proof'];

type Who = Pick<Caller, 'face' | 'token'>;
const wordsOf = ({ face, token }: Who): string =>
  token === undefined ? FACE_WORDS[face] : `the ${face === 'view_token' ? 'view' : 'trade'} token ${token.name}`;

/** A flood of short connections must not become a flood of records. */
const QUIET_MS = 60_000;
/** What happens while there is no journal waits for one; a sealed vault that is besieged keeps the newest. */
const MOST_WAITING = 200;

export type AccessDesk = {
  readonly stepUp: StepUp;
  /** Begins a connection. One in the engine's own process is not written down. */
  connect(face: Face, noted: boolean, token?: NamedToken): Caller;
  disconnect(caller: Caller): void;
  /** Writes down what happened; in the name of whoever asks when no face is given. */
  note(type: AccessRecord, how: string, who?: Who): void;
  view(): AccessView;
  /** Judges what whoever asks brings. Throws Fault `locked` or `refused`; each refusal is written down. */
  prove(proof: Proof): Promise<AccessView>;
  /** Whoever asks has just proved it in another way, as by unlocking. A passphrase counts only where no second factor is enrolled. */
  proved(how: ProvedBy): void;
  /** After a lock every proof has to be given anew. */
  forgetProofs(): void;
  /** Where notes go from now on: a journal, or undefined while there is none. */
  writeTo(write: ((note: AccessNote) => void) | undefined): void;
};

export type AccessDeskOptions = {
  readonly clock: BootClock;
  readonly now: () => number;
  readonly needs: () => ProofNeeded;
  readonly factor: SecondFactor;
  readonly proveCredential: (credential: Credential) => Promise<void>;
  /** Undefined where the system offers none. */
  readonly biometrics: BiometricProvider | undefined;
  /** Told when a note could not be written: nobody is kept out for it. */
  readonly onError: (error: unknown) => void;
};

export function createAccessDesk(options: AccessDeskOptions): AccessDesk {
  const { clock, now, needs, onError } = options;
  const stepUp = createStepUp({ clock, needs });
  const callers = new Set<Caller>();
  const unnoted = new WeakSet<Caller>();
  const quiet = new Map<string, { at: number; more: number }>();
  let waiting: AccessNote[] = [];
  let write: ((note: AccessNote) => void) | undefined;

  const put = (note: AccessNote): void => {
    if (write === undefined) {
      waiting = [...waiting, note].slice(-MOST_WAITING);
      return;
    }
    try {
      write(note);
    } catch (error) {
      onError(error);
    }
  };
  const note: AccessDesk['note'] = (type, how, who = whoAsks()?.caller) =>
    put({ type, at: now(), face: who === undefined ? 'the engine' : wordsOf(who), how });
  const sensor = (): BiometricProvider | undefined =>
    options.biometrics?.available() === true ? options.biometrics : undefined;
  const view = (): AccessView => {
    const caller = whoAsks()?.caller;
    return {
      needs: needs(),
      biometric: sensor()?.name ?? null,
      freshMs: caller === undefined ? 0 : freshMs(caller, clock),
      totp: options.factor.view(),
    };
  };
  const proved = (how: ProvedBy): void => {
    const caller = whoAsks()?.caller;
    if (caller === undefined || (how === 'passphrase' && needs() === 'totp')) return;
    caller.provenAt = clock.uptimeMs();
    note('access.stepped_up', how);
  };

  /** The sensor is this machine's own, so it says nothing of whoever comes over a socket. */
  const present = async (): Promise<ProvedBy> => {
    const found = sensor();
    if (found === undefined || whoAsks()?.caller.face !== 'window')
      throw new Fault(
        'refused',
        'biometrics prove nothing here',
        'use the window, on a machine with a sensor; or give the other proof',
      );
    await found.verify('let Master Trader do what you asked for').catch(() => {
      throw new Fault('refused', `${found.name} did not see its owner`, 'try again, or give the other proof');
    });
    return 'biometrics';
  };

  const judge = async (proof: Proof): Promise<ProvedBy> => {
    const needed = needs();
    if (proof.kind === 'confirm') {
      if (needed === 'confirm') return 'confirmation';
      throw new Fault('refused', 'a confirmation is no proof once there is a passphrase', 'give the passphrase');
    }
    if (needed === 'confirm')
      throw new Fault('refused', 'there is no passphrase yet, so nothing can be proved by one', 'confirm instead');
    if (proof.kind === 'biometric') return present();
    if (proof.kind === 'recovery') {
      await options.proveCredential({ kind: 'recovery', code: proof.code });
      return 'recovery code';
    }
    if (proof.kind === 'code') return options.factor.prove(proof.code);
    if (needed === 'totp')
      throw new Fault('refused', 'the passphrase is no second factor', 'give a code of your authenticator');
    await options.proveCredential({ kind: 'passphrase', passphrase: proof.passphrase });
    return 'passphrase';
  };

  return {
    stepUp,
    connect(face, noted, token) {
      const caller: Caller = { face, provenAt: undefined, ...(token === undefined ? {} : { token }) };
      const who = wordsOf(caller);
      callers.add(caller);
      const last = quiet.get(who);
      if (!noted) unnoted.add(caller);
      else if (last !== undefined && clock.uptimeMs() - last.at < QUIET_MS) {
        last.more += 1;
        unnoted.add(caller);
      } else {
        const more = last?.more ?? 0;
        quiet.set(who, { at: clock.uptimeMs(), more: 0 });
        note('access.connected', more === 0 ? '' : `after ${more} more within a minute`, caller);
      }
      return caller;
    },
    disconnect(caller) {
      if (!callers.delete(caller)) return;
      caller.provenAt = undefined;
      if (!unnoted.has(caller)) note('access.disconnected', '', caller);
    },
    note,
    view,
    async prove(proof) {
      try {
        proved(await judge(proof));
      } catch (error) {
        note('access.step_up_failed', error instanceof Fault ? error.message : 'it could not be judged');
        throw error;
      }
      return view();
    },
    proved,
    forgetProofs() {
      for (const caller of callers) caller.provenAt = undefined;
    },
    writeTo(next) {
      write = next;
      if (next === undefined) return;
      const early = waiting;
      waiting = [];
      for (const one of early) put(one);
    },
  };
}
