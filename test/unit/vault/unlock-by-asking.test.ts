import { describe, expect, it } from 'vitest';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import type { SecretPrompt } from '../../../src/terminal/secrets/ask.ts';
import { credentialOf, stdinLines, unlockByAsking } from '../../../src/terminal/secrets/credentials.ts';

const SEALED: VaultStatus = {
  state: 'sealed',
  slots: ['passphrase'],
  label: 'locked',
  problem: null,
  remedy: null,
  attempts: { left: 4, waitMs: 0 },
  killFlag: false,
  asksCode: false,
  environment: null,
  lastEnvironment: null,
  coreDumps: 'off',
};

/** A person who types these, one after the other, and an engine that takes only the last. */
function scene(typed: readonly string[], right: string) {
  const left = [...typed];
  const told: string[] = [];
  const tried: string[] = [];
  const prompt: SecretPrompt = {
    interactive: true,
    hidden: () => Promise.resolve(left.shift() ?? ''),
    tell: (text) => void told.push(text),
    lines: () => Promise.resolve(typed),
  };
  const invoke = (call: string, input: { readonly passphrase?: string }): Promise<unknown> => {
    if (call === 'vault.status') return Promise.resolve(SEALED);
    tried.push(input.passphrase ?? '');
    if (input.passphrase === right) return Promise.resolve({ ...SEALED, state: 'unlocked' });
    return Promise.reject(
      new ContractError({
        code: 'rejected',
        message: 'that passphrase does not open this vault',
        reason: 'locked',
        remedy: 'again',
      }),
    );
  };
  return { prompt, told, tried, client: { invoke } as unknown as AppClient };
}

describe('unlocking by asking', () => {
  it('says that a passphrase was wrong before it asks again', async () => {
    const { prompt, told, tried, client } = scene(['wrong one here', 'the right one'], 'the right one');
    await unlockByAsking(client, prompt, SEALED);
    expect(tried).toEqual(['wrong one here', 'the right one']);
    expect(told).toEqual(['mt: that passphrase does not open this vault']);
  });

  it('counts an empty line as no attempt, and says so in words', async () => {
    const { prompt, tried, client } = scene([''], 'the right one');
    await expect(unlockByAsking(client, prompt, SEALED)).rejects.toThrow('the passphrase is empty');
    expect(tried).toEqual([]);
    expect(() => credentialOf('recovery', '')).toThrow('the recovery code is empty');
  });

  it('says how many lines it takes from standard input', async () => {
    const { prompt } = scene(['one', 'two'], '');
    await expect(stdinLines(prompt, true, 1)).rejects.toThrow('--stdin takes 1 line, and 2 came');
  });
});
