import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import { type CommandId, commands } from '#shared/commands/registry.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt, startMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-vault-cli');
const home = join(folder.path, 'home');
const FIRST = 'canary first passphrase';
const SECOND = 'canary second passphrase';
const codes: string[] = [];
const used = new Set<CommandId>();

beforeAll(() => installedTerminal());
afterAll(() => folder.remove());

async function mt(
  id: CommandId,
  more: readonly string[] = [],
  input = '',
): Promise<{ code: number | null; answer: Record<string, unknown>; text: string }> {
  const command = commands.find((candidate) => candidate.id === id) ?? expect.fail(id);
  used.add(id);
  const { code, stdout, stderr } = await runMt([...command.words, ...more, '--json'], { home, input });
  const answer = oneJsonLine(stdout) as Record<string, unknown>;
  if (code === 0) command.output.parse(answer);
  return { code, answer, text: stdout + stderr };
}
const sealed = { code: 3, answer: { error: { code: 'locked', remedy: expect.stringContaining('mt vault unlock') } } };

// One story, in order: each step stands on the one before.
describe('mt vault and mt keys', () => {
  it('start with an open vault, which takes no exchange key', async () => {
    expect((await mt('vault.status')).answer).toMatchObject({ state: 'open', slots: ['open_file'] });
    const refused = await mt(
      'keys.add',
      ['kraken-main', '--venue', 'kraken', '--stdin'],
      'canary-api\ncanary-secret\n',
    );
    expect(refused).toMatchObject({
      code: 4,
      answer: { error: { code: 'refused', remedy: expect.stringContaining('set-passphrase') } },
    });
    expect((await mt('vault.unlock', ['--stdin'], `${FIRST}\n`)).code).toBe(2);
    expect((await mt('vault.lock')).code).toBe(2);
  });

  it('refuse to be given too little, and ask nobody where nobody sits', async () => {
    expect(await mt('vault.set-passphrase')).toMatchObject({
      code: 2,
      answer: { error: { remedy: expect.stringContaining('--stdin') } },
    });
    expect((await mt('vault.set-passphrase', ['--stdin'], '')).code).toBe(2);
    expect((await mt('vault.set-passphrase', ['--stdin'], 'short\n')).code).toBe(2);
    expect((await mt('vault.status')).answer).toMatchObject({ state: 'open' });
  });

  it('lock the data by a passphrase; afterwards every command asks or says how', async () => {
    const { code, answer } = await mt('vault.set-passphrase', ['--stdin'], `${FIRST}\n`);
    expect(code).toBe(0);
    expect(answer).toMatchObject({ state: 'unlocked', slots: ['passphrase', 'recovery'] });
    codes.push(String(answer['recoveryCode']));
    expect(await mt('status')).toMatchObject(sealed);
    expect(await mt('agents')).toMatchObject(sealed);
    expect(await mt('keys.ls')).toMatchObject(sealed);
    expect(await mt('keys.remove', ['kraken-main'])).toMatchObject(sealed);
    expect((await mt('audit.verify')).code).toBe(3);
    expect((await mt('vault.status')).answer).toMatchObject({ state: 'sealed' });
    const plain = await runMt(['status', '--plain'], { home });
    expect(plain.code).toBe(3);
    expect(plain.stderr).toContain('Remedy:');
  });

  it('halt a sealed folder', async () => {
    const { code, answer } = await mt('kill', ['--reason', 'a test']);
    expect(code).toBe(1);
    expect(answer).toMatchObject({
      tradingState: 'halted',
      steps: [{ name: 'Halt recorded', done: true }, { done: false }],
    });
    expect((await mt('vault.status')).answer).toMatchObject({ state: 'sealed', killFlag: true });
  });

  it('change the passphrase, the code and the key, each with its proof', async () => {
    expect((await mt('vault.change-passphrase', ['--stdin'], `wrong wrong wrong\n${SECOND}\n`)).code).toBe(3);
    expect((await mt('vault.change-passphrase', ['--stdin'], `${FIRST}\n`)).code).toBe(2);
    expect((await mt('vault.change-passphrase', ['--stdin'], `${FIRST}\n${SECOND}\n`)).code).toBe(0);
    expect((await mt('vault.recovery', ['--stdin'], `${FIRST}\n`)).code).toBe(3);
    const recovery = await mt('vault.recovery', ['--stdin'], `${SECOND}\n`);
    codes.push(String(recovery.answer['recoveryCode']));
    expect((await mt('vault.change-passphrase', ['--recovery', '--stdin'], `${codes[0]}\n${FIRST}\n`)).code).toBe(3);
    expect((await mt('vault.change-passphrase', ['--recovery', '--stdin'], `${codes[1]}\n${FIRST}\n`)).code).toBe(0);
    const rotated = await mt('vault.rotate', ['--stdin'], `${FIRST}\n`);
    expect(rotated.code).toBe(0);
    codes.push(String(rotated.answer['recoveryCode']));
    expect(new Set(codes).size).toBe(3);
    expect(await mt('vault.unattended', ['on', '--stdin'], `${FIRST}\n`)).toMatchObject({
      code: 4,
      answer: { error: { message: expect.stringContaining('keychain') } },
    });
    expect((await mt('vault.unattended', ['maybe', '--stdin'])).code).toBe(2);
  });

  it('unlock and lock the engine that runs, and keep exchange keys in it', async () => {
    const up = await startMt(['up'], { home });
    try {
      await up.said(/listens on/);
      expect((await mt('vault.status')).answer).toMatchObject({ state: 'sealed' });
      expect((await mt('vault.unlock', ['--stdin'], 'wrong wrong wrong\n')).code).toBe(3);
      expect((await mt('vault.unlock', ['--stdin'], `${FIRST}\n`)).answer).toMatchObject({ state: 'unlocked' });
      // A key needs a proof, and where nobody sits at a terminal nobody can give one.
      const unproven = {
        code: 3,
        answer: { error: { code: 'step_up', remedy: expect.stringContaining('passphrase') } },
      };
      const add = (...lines: readonly string[]) =>
        mt('keys.add', ['kraken-main', '--venue', 'kraken', '--stdin', '--yes'], `${lines.join('\n')}\n`);
      expect(await add('canary-api', 'canary-secret')).toMatchObject(unproven);
      const client = await connectToEngine(home, 'trade');
      const key = { name: 'kraken-main', venue: 'kraken' };
      const proof = { kind: 'passphrase', passphrase: FIRST } as const;
      expect(await client.invoke('access.step_up', { proof })).toMatchObject({ needs: 'passphrase' });
      await client.invoke('keys.put', { ...key, apiKey: 'canary-api', secret: 'canary-secret' });
      // What one connection has proved counts for no other.
      expect(await add('', 'canary-secret-2')).toMatchObject(unproven);
      const list = await mt('keys.ls');
      expect(list.answer).toMatchObject({ keys: [{ name: 'kraken-main', venue: 'kraken' }] });
      expect(list.text).not.toContain('canary');
      expect((await mt('vault.lock')).answer).toMatchObject({ state: 'locked' });
      expect(await mt('keys.ls')).toMatchObject(sealed);
      expect((await mt('vault.unlock', ['--recovery', '--stdin'], `${codes[2]}\n`)).answer).toMatchObject({
        state: 'unlocked',
      });
      expect(await mt('keys.remove', ['kraken-main'])).toMatchObject(unproven);
      await expect(client.invoke('keys.remove', { name: key.name }), 'locked since').rejects.toMatchObject({
        reason: 'step_up',
      });
      await client.invoke('access.step_up', { proof });
      await client.invoke('keys.remove', { name: key.name });
      client.close();
      expect((await mt('status')).answer).toMatchObject({ protection: { protected: true } });
    } finally {
      up.child.kill('SIGTERM');
      await up.finished;
    }
  });

  it('take a secret neither as an argument nor from the environment', async () => {
    for (const words of [
      ['vault', 'unlock', FIRST],
      ['vault', 'unlock', '--passphrase', FIRST],
      ['keys', 'add', 'a', '--venue', 'kraken', '--secret', 'x'],
    ]) {
      expect((await runMt([...words, '--json'], { home })).code, words.join(' ')).toBe(2);
    }
    const { code } = await runMt(['status', '--json'], { home, env: { MT_PASSPHRASE: FIRST, PASSPHRASE: FIRST } });
    expect(code).toBe(3);
  });

  it('leave nothing of them in the data folder', () => {
    const seen: string[] = [];
    const look = (path: string): void => {
      for (const name of readdirSync(path)) {
        const inner = join(path, name);
        if (statSync(inner).isDirectory()) look(inner);
        else {
          seen.push(name);
          const text = readFileSync(inner, 'latin1');
          for (const word of ['canary', ...codes.map((code) => code.slice(0, 9))])
            expect(text.includes(word), `${word} in ${name}`).toBe(false);
        }
      }
    };
    look(home);
    expect(seen).toContain('journal.db');
  });

  it('are all in this story', () => {
    expect(commands.map(({ id }) => id).filter((id) => /^(vault|keys)\./.test(id) && !used.has(id))).toEqual([]);
  });
});
