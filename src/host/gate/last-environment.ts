import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '#adapters/files/atomic-write.ts';
import { environmentText } from '#shared/contract/primitives.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { lastEnvironmentPath } from '../vault/vault-options.ts';
import type { OpenEngine } from './types.ts';

type Environment = NonNullable<VaultStatus['environment']>;
const note = z.strictObject({ environment: environmentText });

/**
 * In which environment this data folder was when it was open last. It stands beside the vault and not in it, so that a sealed window can
 * name it; it is no secret, and nothing is decided by it. Null where it was never noted or the note cannot be read.
 */
export function readLastEnvironment(home: string): Environment | null {
  try {
    return note.parse(JSON.parse(readFileSync(lastEnvironmentPath(home), 'utf8'))).environment;
  } catch {
    return null;
  }
}

/** Keeps the note while an engine runs; whoever seals the vault later finds what was traded in until then. */
export function createEnvironmentNote(home: string, onError: (error: unknown) => void) {
  let undo = (): void => undefined;
  let written = readLastEnvironment(home);
  const keep = (environment: Environment): void => {
    if (environment === written) return;
    try {
      writeFileAtomic(lastEnvironmentPath(home), `${JSON.stringify({ environment })}\n`);
      written = environment;
    } catch (error) {
      onError(error);
    }
  };
  return {
    keep,
    /** The engine that runs now, or none. */
    follow(engine: Pick<OpenEngine, 'events'> | undefined): void {
      undo();
      undo = engine?.events.subscribe('engine.changed', ({ environment }) => keep(environment)) ?? (() => undefined);
    },
  };
}
