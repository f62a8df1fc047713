import type { AppClient } from '#shared/contract/app-contract.ts';

const LOOK_MS = 15_000;

export type AutoLockOptions = {
  readonly client: AppClient;
  /** Seconds since a hand was on the machine, as the desktop knows it. */
  readonly idleSeconds: () => number;
  readonly every?: (ms: number, work: () => void) => () => void;
};

const interval = (ms: number, work: () => void): (() => void) => {
  const timer = setInterval(work, ms);
  return () => clearInterval(timer);
};

/**
 * Locks the faces when nobody has touched the machine for as many minutes as the master chose; the engine goes on. Looks at the preference each
 * time, so that a change holds at once. What is locked already, or has no passphrase, answers with a refusal that is nobody's news. Returns
 * the undo.
 */
export function lockWhenIdle({ client, idleSeconds, every = interval }: AutoLockOptions): () => void {
  const look = async (): Promise<void> => {
    const idle = idleSeconds();
    if (idle < 60) return;
    const { state } = await client.invoke('vault.status', {});
    if (state !== 'unlocked') return;
    const { idleMinutes } = await client.invoke('preferences.get', {});
    if (idleMinutes !== null && idle >= idleMinutes * 60) await client.invoke('vault.lock', { why: 'idle' });
  };
  return every(LOOK_MS, () => void look().catch(() => undefined));
}
