import { randomBytes } from 'node:crypto';
import type { AppContract, AppHandlers } from '#shared/contract/app-contract.ts';
import type { EventSource } from '#shared/transport/host.ts';
import type { AccessDesk } from './access/access-desk.ts';
import { finishRestore } from './backup/restore-plan.ts';
import type { EngineConfig } from './engine-config.ts';
import { acquireEngineLock } from './engine-lock.ts';
import { type EngineGate, openGate } from './gate/engine-gate.ts';
import type { OpenEngine } from './gate/types.ts';
import { type HomePaths, prepareHome } from './home-folder.ts';
import { openEngine } from './open-engine.ts';
import type { OpenedVault } from './vault/open-vault.ts';

/** A running engine: what every face is served from. */
export type Engine = {
  /** The calls of the engine's own process; a face is served through `connect`. */
  readonly handlers: AppHandlers;
  readonly connect: EngineGate['connect'];
  readonly programOf: EngineGate['programOf'];
  readonly events: EventSource<AppContract>;
  /** Stops what runs, closes positions where a market allows it, and closes every file. */
  close(): Promise<void>;
};

/**
 * Takes the data folder and starts the engine behind its gate: at once where nothing locks the vault, else when it is unlocked. Throws a
 * Fault that says what is missing; then nothing is left open.
 */
export async function createEngine(config: EngineConfig): Promise<Engine> {
  const paths = prepareHome(config.home);
  const lock = acquireEngineLock(paths.runDir, Date.now);
  try {
    await finishRestore(paths.home, config.secrets);
    const gate = await openGate({
      version: config.version,
      vault: { home: config.home, secrets: config.secrets, now: Date.now, randomBytes, ...config.vault },
      runDir: paths.runDir,
      logger: config.logger,
      biometrics: config.biometrics,
      open: (vault, access) => openBehindGate(config, paths, vault, access),
    });
    return {
      handlers: gate.handlers,
      connect: (face, noted, token) => gate.connect(face, noted, token),
      programOf: (token) => gate.programOf(token),
      events: gate.events,
      close: () => gate.close().finally(() => lock.release()),
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openBehindGate(
  config: EngineConfig,
  paths: HomePaths,
  vault: OpenedVault,
  access: AccessDesk,
): Promise<OpenEngine> {
  const undo: (() => void)[] = [];
  try {
    return await openEngine({ config, paths, vault, stepUp: access.stepUp }, undo);
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  }
}
