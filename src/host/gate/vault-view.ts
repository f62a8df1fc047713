import { systemBootClock } from '#adapters/clock-system/boot-clock.ts';
import { Fault } from '#core/kernel/fault.ts';
import { isSealed } from '#shared/contract/engine.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { unlockHint } from '../access/second-factor-file.ts';
import { coreDumps } from '../core-dumps.ts';
import { readKillFlag } from '../kill-flag.ts';
import { openAttempts } from '../vault/attempts.ts';
import { protectionLabel, vaultHeader } from '../vault/open-vault.ts';
import { keychainSecret } from '../vault/slots.ts';
import { attemptsPath, type VaultOptions } from '../vault/vault-options.ts';
import { readLastEnvironment } from './last-environment.ts';
import type { GatePhase } from './types.ts';

/** The vault as every face may see it, locked or not. */
export async function vaultView(phase: GatePhase, options: VaultOptions, runDir: string): Promise<VaultStatus> {
  const header = vaultHeader(options.home);
  const { problem, remedy } = phase.kind === 'sealed' ? await sealedProblem(phase, options) : NONE;
  return {
    state: stateOf(phase),
    slots: header?.slots.map(({ kind }) => kind) ?? [],
    environment: await environmentOf(phase),
    lastEnvironment: readLastEnvironment(options.home),
    label: header === undefined ? 'there is no vault yet' : protectionLabel(header),
    problem,
    remedy,
    attempts: openAttempts(attemptsPath(options.home), options.bootClock ?? systemBootClock).view(),
    asksCode: unlockHint(options.home),
    killFlag: readKillFlag(runDir) !== undefined,
    coreDumps: coreDumps(),
  };
}

/** What is traded in while an engine runs; null while there is none. */
export async function environmentOf(phase: GatePhase): Promise<VaultStatus['environment']> {
  if (phase.kind !== 'open') return null;
  const status = await phase.engine.handlers['engine.status']({});
  return isSealed(status) ? null : status.environment;
}

type Problem = Pick<VaultStatus, 'problem' | 'remedy'>;
const NONE: Problem = { problem: null, remedy: null };

function stateOf(phase: GatePhase): VaultStatus['state'] {
  if (phase.kind !== 'open') return phase.kind;
  if (!phase.protection.protectedByPassphrase) return 'open';
  return phase.facesLocked ? 'locked' : 'unlocked';
}

/** A keyring that keeps its part is said before the owner types anything. */
async function sealedProblem(
  { problem, remedy }: Extract<GatePhase, { kind: 'sealed' }>,
  { home, secrets }: VaultOptions,
): Promise<Problem> {
  const slot = vaultHeader(home)?.slots.find((one) => one.kind === 'unlock');
  if (problem !== null || slot === undefined) return { problem, remedy };
  try {
    if ((await keychainSecret(secrets, slot)) !== undefined) return NONE;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
  }
  return {
    problem: `the ${slot.backend} is locked or was emptied: it does not give the vault's second part`,
    remedy: 'unlock the keyring and try again, or use the recovery code',
  };
}
