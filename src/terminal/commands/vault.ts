import { randomBytes } from 'node:crypto';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { environmentName } from '#shared/format/names.ts';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import {
  askCredential,
  type Credential,
  credentialOf,
  isShut,
  newPassphrase,
  stdinLines,
} from '../secrets/credentials.ts';
import type { Session } from '../session.ts';
import { type Line, line, type Span, span } from '../text/line.ts';
import { pairs } from '../text/table.ts';

const STATE: Readonly<Record<VaultStatus['state'], Span>> = {
  open: span('not protected', 'warn'),
  unlocked: span('unlocked', 'up'),
  locked: span('locked; the engine goes on', 'warn'),
  sealed: span('sealed until the passphrase comes', 'warn'),
  changing: span('being written under a new key', 'warn'),
};
const DUMPS: Readonly<Record<VaultStatus['coreDumps'], string>> = {
  off: 'off',
  possible: 'possible: a crash may write the memory of the engine to the disk',
  unknown: 'not known on this system',
};

const environmentLine = ({ environment, lastEnvironment }: VaultStatus): readonly (readonly [string, Line])[] => {
  if (environment !== null) return [['Environment', line(environmentName(environment))]];
  if (lastEnvironment === null) return [];
  return [['Environment', line(environmentName(lastEnvironment), span(' when it was last open', 'muted'))]];
};

export const vaultLines = (status: VaultStatus): readonly Line[] =>
  pairs([
    ['Vault', line(STATE[status.state])],
    ['Data', line(status.label)],
    ...environmentLine(status),
    ['Opens by', line(status.slots.join(', ').replaceAll('_', ' '))],
    ...(status.problem === null ? [] : [['Problem', line(span(status.problem, 'warn'))] as const]),
    ...(status.remedy === null ? [] : [['Remedy', line(status.remedy)] as const]),
    ...(status.attempts.waitMs === 0
      ? []
      : [
          [
            'Wait',
            line(span(`${Math.ceil(status.attempts.waitMs / 1000)} s before the next passphrase`, 'warn')),
          ] as const,
        ]),
    ...(status.killFlag ? [['Trading', line(span('halted by the file KILL', 'danger'))] as const] : []),
    ['Core dumps', line(DUMPS[status.coreDumps])],
  ]);

export const runVaultStatus: Run<ArgsOf<'vault.status'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => said(context, await client.invoke('vault.status', {})), 'any');

function said({ output }: Context, status: VaultStatus, first: readonly Line[] = []): number {
  output.lines([...first, ...vaultLines(status)]);
  output.answer(status);
  return EXIT.ok;
}

/** These speak to an engine that goes on; one that is opened for a single command has nothing to lock. */
const needsRunning = ({ attached }: Session, { home }: Context): void => {
  if (attached) return;
  throw new Fault(
    'not_found',
    `no engine is running on ${home}, so there is nothing to lock or unlock`,
    'start one: mt up; other commands ask for the passphrase by themselves',
  );
};

export const runVaultUnlock: Run<ArgsOf<'vault.unlock'>> = ({ recovery, stdin }, context) =>
  withSession(
    context,
    'trade',
    async (session) => {
      needsRunning(session, context);
      const { asksCode } = await session.client.invoke('vault.status', {});
      const withCode = asksCode && !recovery;
      const [text, second] = await stdinLines(context.prompt, stdin, withCode ? 2 : 1);
      const credential = await askCredential(context.prompt, recovery ? 'recovery' : 'passphrase', text);
      if (!withCode) return said(context, await session.client.invoke('vault.unlock', credential));
      const code = (second ?? (await context.prompt.hidden('Code of the authenticator, or a backup code'))).trim();
      return said(context, await session.client.invoke('vault.unlock', { ...credential, code }));
    },
    'any',
  );

export const runVaultLock: Run<ArgsOf<'vault.lock'>> = (_args, context) =>
  withSession(
    context,
    'trade',
    async (session) => {
      needsRunning(session, context);
      return said(context, await session.client.invoke('vault.lock', {}));
    },
    'any',
  );

export const runVaultChange: Run<ArgsOf<'vault.change-passphrase'>> = ({ recovery, withoutKeychain, stdin }, context) =>
  withSession(
    context,
    'trade',
    async ({ client }) => {
      const [old, next] = await stdinLines(context.prompt, stdin, 2);
      const credential = await askCredential(context.prompt, recovery ? 'recovery' : 'passphrase', old);
      const passphrase = await newPassphrase(context.prompt, next);
      await openIfShut(client, credential);
      const status = await client.invoke('vault.change_passphrase', { credential, passphrase, withoutKeychain });
      return said(context, status, [line(span('The passphrase was changed', 'up'))]);
    },
    'any',
  );

export const runVaultUnattended: Run<ArgsOf<'vault.unattended'>> = ({ switch: wanted, stdin }, context) =>
  withSession(
    context,
    'trade',
    async ({ client }) => {
      const on = wanted === 'on';
      if (on)
        context.output.note(
          'Warning: whoever gets into your user account can then open the vault without the passphrase.',
        );
      const [text] = await stdinLines(context.prompt, stdin, 1);
      const credential = await askCredential(context.prompt, 'passphrase', text);
      await openIfShut(client, credential);
      return said(context, await client.invoke('vault.unattended', { credential, on }));
    },
    'any',
  );

export const runVaultSet: Run<ArgsOf<'vault.set-passphrase'>> = ({ stdin }, context) =>
  withSession(
    context,
    'trade',
    async ({ client }) => {
      const [text] = await stdinLines(context.prompt, stdin, 1);
      const passphrase = await newPassphrase(context.prompt, text);
      const recoveryCode = await shownCode(context, stdin);
      return saidWithCode(
        context,
        recoveryCode,
        await client.invoke('vault.set_passphrase', { passphrase, recoveryCode }),
      );
    },
    'any',
  );

/** `rotate` and `recovery`: both need the passphrase and end with a new code. */
const withNewCode =
  (
    change: (client: AppClient, passphrase: string, recoveryCode: string) => Promise<VaultStatus>,
  ): Run<{ readonly stdin: boolean }> =>
  ({ stdin }, context) =>
    withSession(
      context,
      'trade',
      async ({ client }) => {
        const [text] = await stdinLines(context.prompt, stdin, 1);
        const passphrase = text ?? (await context.prompt.hidden('Passphrase'));
        await openIfShut(client, credentialOf('passphrase', passphrase));
        const recoveryCode = await shownCode(context, stdin);
        return saidWithCode(context, recoveryCode, await change(client, passphrase, recoveryCode));
      },
      'any',
    );

export const runVaultRotate = withNewCode((client, passphrase, recoveryCode) =>
  client.invoke('vault.rotate', { passphrase, recoveryCode }),
);
export const runVaultRecovery = withNewCode((client, passphrase, recoveryCode) =>
  client.invoke('vault.new_recovery', { credential: { kind: 'passphrase', passphrase }, recoveryCode }),
);

async function openIfShut(client: AppClient, credential: Credential): Promise<void> {
  if (isShut(await client.invoke('vault.status', {}))) await client.invoke('vault.unlock', credential);
}

/**
 * Makes a code and shows it before anything is changed, so that no vault ever waits for a code that nobody saw. On a terminal its last group
 * must be typed back; a script gets it in the answer.
 */
async function shownCode({ output, prompt }: Context, scripted: boolean): Promise<string> {
  const code = writeRecoveryCode(randomBytes(RECOVERY_BYTES));
  if (scripted || !prompt.interactive) return code;
  output.note(
    `Recovery code, shown once. Write it on paper and keep it away from this machine:\n\n  ${code.replaceAll('-', ' ')}\n`,
  );
  const last = code.split('-').at(-1) ?? '';
  const back = await prompt.hidden('Type its last group to show that you have it');
  if (back.trim().toUpperCase() === last) return code;
  throw new Fault('usage', 'that is not the last group of the code', 'run the command again; nothing was changed');
}

function saidWithCode({ output, prompt }: Context, recoveryCode: string, status: VaultStatus): number {
  const shown = prompt.interactive ? [] : pairs([['Recovery', line(span(recoveryCode, 'strong'))]]);
  output.lines([
    line(span('Done. Without passphrase and recovery code the data is lost for good.', 'up')),
    ...shown,
    ...vaultLines(status),
  ]);
  output.answer({ ...status, recoveryCode });
  return EXIT.ok;
}
