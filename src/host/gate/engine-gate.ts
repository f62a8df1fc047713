import { systemBootClock } from '#adapters/clock-system/boot-clock.ts';
import { createBus } from '#core/kernel/bus.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { AppContract, AppHandlers } from '#shared/contract/app-contract.ts';
import type { SealedStatus } from '#shared/contract/engine.ts';
import type { Face } from '#shared/contract/faces.ts';
import type { EngineState } from '#shared/contract/permissions.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import type { EventSource } from '#shared/transport/host.ts';
import { type AccessDesk, createAccessDesk } from '../access/access-desk.ts';
import type { BiometricProvider } from '../access/biometric-provider.ts';
import type { NamedToken, Program } from '../access/caller.ts';
import { programOf } from '../access/program-of.ts';
import { createSecondFactor } from '../access/second-factor.ts';
import { readKillFlag } from '../kill-flag.ts';
import { proveCredential } from '../vault/change-vault.ts';
import type { Credential } from '../vault/credential.ts';
import { hasSlot } from '../vault/header.ts';
import { wipeKeys } from '../vault/keys.ts';
import { needsCredential, type OpenedVault, openVault, protectionLabel, vaultHeader } from '../vault/open-vault.ts';
import type { VaultOptions } from '../vault/vault-options.ts';
import { createAccessHandlers } from './access-handlers.ts';
import { createFaceHandlers, shutFault } from './face-handlers.ts';
import { createHaltFollower } from './follow-halt.ts';
import { createEnvironmentNote } from './last-environment.ts';
import { createEventRelay } from './relay-events.ts';
import { killSealed } from './sealed-kill.ts';
import type { GatePhase, OpenEngine } from './types.ts';
import { createVaultHandlers } from './vault-handlers.ts';
import { environmentOf, vaultView } from './vault-view.ts';

export type GateOptions = {
  readonly version: string;
  readonly vault: VaultOptions;
  readonly runDir: string;
  readonly logger: Logger;
  readonly biometrics?: BiometricProvider | undefined;
  /** Opens the databases and everything behind them. The gate wipes the keys afterwards. */
  readonly open: (vault: OpenedVault, access: AccessDesk) => Promise<OpenEngine>;
};

/** A face that came, with its calls. */
export type FaceConnection = {
  readonly handlers: AppHandlers;
  /** It went away. */
  end(): void;
};

export type EngineGate = {
  /** The calls of the engine's own process, held to the permissions like any face's. */
  readonly handlers: AppHandlers;
  /** Begins a connection of a face; `noted` writes down that it came and went. */
  connect(face: Face, noted: boolean, token?: NamedToken): FaceConnection;
  /** Whose token it is, of those that the master made; undefined for one that does not stand, and while no engine knows. */
  programOf(token: string): Required<Program> | undefined;
  readonly events: EventSource<AppContract>;
  close(): Promise<void>;
};

/** What the calls of the vault may do to the gate. */
export type GateControl = {
  phase(): GatePhase;
  view(): Promise<VaultStatus>;
  /** Answers false when there was nothing to unlock, so that nothing was proved. */
  unlock(credential: Credential): Promise<boolean>;
  lockFaces(): void;
  /** One at a time: closes the engine, does the work, opens it again with the credential. */
  reopenAround(work: () => Promise<void>, credential: Credential): Promise<void>;
  /** One at a time, with the engine going on. */
  beside(work: () => Promise<void>): Promise<void>;
};

/**
 * Stands between every face and the engine. While the vault is sealed there is no engine: only the vault, the status and the kill switch
 * answer. While the faces are locked there is one, and it goes on; it just tells and obeys nobody but the kill switch. Throws what
 * opening the vault throws when not even a sealed gate makes sense: a damaged header, a key that was lost.
 */
export async function openGate(options: GateOptions): Promise<EngineGate> {
  const { vault, runDir, logger } = options;
  const startedAt = vault.now();
  let phase: GatePhase = { kind: 'sealed', problem: null, remedy: null };
  const shut = (): SealedStatus['sealed'] | undefined => {
    if (phase.kind !== 'open') return phase.kind;
    return phase.facesLocked ? 'locked' : undefined;
  };
  const relay = createEventRelay(() => shut() === undefined);
  const changed = createBus<VaultStatus>((error) => logger.error('a listener failed', error));
  const view = (): Promise<VaultStatus> => vaultView(phase, vault, runDir);
  const lastEnvironment = createEnvironmentNote(vault.home, (error) =>
    logger.error('in which environment this folder is could not be noted beside the vault', error),
  );
  const halt = createHaltFollower(() => {
    if (shut() !== undefined) tellVault();
  });
  const tellVault = (): void => void view().then((seen) => changed.publish(seen));
  const openTokens = (): OpenEngine['tokens'] | undefined => (phase.kind === 'open' ? phase.engine.tokens : undefined);
  let newestTokens: OpenEngine['tokens'] | undefined;
  const enter = async (next: GatePhase): Promise<void> => {
    phase = next;
    newestTokens = openTokens() ?? newestTokens;
    halt.follow(next.kind === 'open' ? next.engine : undefined);
    lastEnvironment.follow(next.kind === 'open' ? next.engine : undefined);
    const environment = await environmentOf(next);
    if (environment !== null) lastEnvironment.keep(environment);
    relay.connect(next.kind === 'open' ? next.engine.events : undefined);
    access.writeTo(next.kind === 'open' ? next.engine.noteAccess : undefined);
    changed.publish(await view());
  };
  /** Beside the passphrase, where the master wants it. The recovery code stands for both. */
  const factorFor = async (credential: Credential | undefined): Promise<void> => {
    if (credential?.kind !== 'passphrase' || !factor.view().asksAtUnlock) return;
    if (credential.code === undefined)
      throw new Fault(
        'locked',
        'a code of the authenticator is needed as well',
        'give both; or the recovery code alone',
      );
    await factor.prove(credential.code);
  };
  const openWith = async (credential: Credential | undefined, asked: boolean): Promise<void> => {
    const opened = await openVault(vault, credential);
    try {
      factor.open({ fieldKey: opened.keys.field, vaultId: opened.vaultId });
      if (asked) await factorFor(credential);
      const engine = await options.open(opened, access);
      const { slot, label, protectedByPassphrase } = opened;
      await enter({ kind: 'open', engine, protection: { slot, label, protectedByPassphrase }, facesLocked: false });
    } catch (error) {
      factor.close();
      throw error;
    } finally {
      wipeKeys(opened.keys);
    }
  };
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = queue.then(work, work);
    queue = mine.catch(() => undefined);
    return mine;
  };

  const factor = createSecondFactor(vault);
  const access = createAccessDesk({
    clock: vault.bootClock ?? systemBootClock,
    now: vault.now,
    needs: () => {
      if (phase.kind === 'open' && !phase.protection.protectedByPassphrase) return 'confirm';
      return factor.view().enrolled ? 'totp' : 'passphrase';
    },
    factor,
    biometrics: options.biometrics,
    proveCredential: (credential) => control.beside(() => proveCredential(vault, credential)),
    onError: (error) => logger.error('an access could not be written down', error),
  });
  const control: GateControl = {
    phase: () => phase,
    view,
    unlock: (credential) =>
      inTurn(async () => {
        if (closed) throw new Fault('locked', 'the program is closing', 'start it again');
        if (phase.kind !== 'open') {
          await openWith(credential, true);
          return true;
        }
        if (!phase.facesLocked) return false;
        await proveCredential(vault, credential);
        await factorFor(credential);
        await enter({ ...phase, facesLocked: false });
        return true;
      }),
    lockFaces() {
      access.forgetProofs();
      if (phase.kind === 'open') void enter({ ...phase, facesLocked: true });
    },
    beside: (work) =>
      inTurn(async () => {
        await work();
        changed.publish(await view());
      }),
    reopenAround: (work, credential) =>
      inTurn(async () => {
        if (phase.kind !== 'open') throw shutFault('sealed');
        const { engine } = phase;
        const busy = engine.busy();
        if (busy !== undefined) throw new Fault('refused', busy, 'wait until it has ended, or stop it, and try again');
        await enter({ kind: 'changing' });
        await engine.close();
        try {
          await work();
        } finally {
          await reopen(credential);
        }
      }),
  };
  /** After a change, and after one that failed: then the vault is as it was before. */
  const reopen = async (credential: Credential): Promise<void> => {
    const header = vaultHeader(vault.home);
    try {
      await openWith(
        header !== undefined && hasSlot(header, 'open_keychain', 'open_file') ? undefined : credential,
        false,
      );
    } catch (error) {
      await enter(sealedBy(error));
      throw error;
    }
  };

  const header = vaultHeader(vault.home);
  if (header === undefined || !needsCredential(header)) {
    try {
      await openWith(undefined, false);
    } catch (error) {
      // A keychain that is not there yet leaves a machine that should come back by itself to its owner's passphrase.
      const unattended = header !== undefined && hasSlot(header, 'unattended');
      if (!(unattended && error instanceof Fault && error.code === 'locked')) throw error;
      phase = sealedBy(error);
    }
  }

  const sealedStatus = (sealed: SealedStatus['sealed']): SealedStatus => {
    const found = vaultHeader(vault.home);
    const flag = readKillFlag(runDir);
    return {
      version: options.version,
      sealed,
      tradingState: flag === undefined && !halt.halted() ? 'unknown' : 'halted',
      haltReason: flag ?? null,
      protection: {
        slot: found?.slots[0]?.kind ?? 'open_file',
        protected: true,
        label: found === undefined ? 'there is no vault yet' : protectionLabel(found),
      },
      startedAt,
    };
  };
  const ownHandlers: Readonly<Record<string, unknown>> = {
    ...createVaultHandlers(control, vault, access),
    ...createAccessHandlers(access, factor),
  };
  const answer = (name: keyof AppHandlers, input: unknown): unknown => {
    const engine = phase.kind === 'open' ? phase.engine : undefined;
    const why = shut();
    if (name === 'engine.status' && why !== undefined) return sealedStatus(why);
    if (name === 'engine.kill' && engine === undefined) {
      const { verb } = input as Parameters<AppHandlers['engine.kill']>[0];
      const report = killSealed(runDir, verb, vault.now());
      tellVault();
      return report;
    }
    const own = Object.hasOwn(ownHandlers, name);
    if (engine === undefined && !own) throw shutFault(why ?? 'sealed');
    // The contract pairs each name with its input; the host has checked it. TypeScript cannot follow the pair through a generic name.
    const handlers = (own ? ownHandlers : engine?.handlers) as Readonly<Record<string, (given: unknown) => unknown>>;
    return handlers[name]?.(input);
  };
  const stateNow = (): EngineState => shut() ?? 'open';
  const connect = (face: Face, noted: boolean, token?: NamedToken): FaceConnection => {
    const caller = access.connect(face, noted, token);
    return {
      handlers: createFaceHandlers({
        caller,
        state: stateNow,
        stepUp: access.stepUp,
        secondFactor: () => factor.view().enrolled,
        answer,
      }),
      end: () => access.disconnect(caller),
    };
  };
  return {
    handlers: connect('window', false).handlers,
    connect,
    programOf: (given) => programOf(given, { open: openTokens, newest: () => newestTokens }),
    events: {
      subscribe(name, emit) {
        if (name !== 'vault.changed') return relay.subscribe(name, emit);
        return changed.subscribe((status) => emit(status as Parameters<typeof emit>[0]));
      },
    },
    close: () =>
      inTurn(async () => {
        closed = true;
        const engine = phase.kind === 'open' ? phase.engine : undefined;
        phase = { kind: 'sealed', problem: null, remedy: null };
        await engine?.close();
        factor.close();
      }),
  };
}

const sealedBy = (error: unknown): GatePhase => ({
  kind: 'sealed',
  problem: error instanceof Error ? error.message : 'the vault did not open',
  remedy: error instanceof Fault ? error.remedy : null,
});
