import { Fault } from '#core/kernel/fault.ts';
import type { AppClient, AppInput } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { countText } from '#shared/format/names.ts';
import type { SecretPrompt } from './ask.ts';

export type Credential = AppInput<'vault.unlock'>;

const ATTEMPTS = 3;
const QUESTION = { passphrase: 'Passphrase', recovery: 'Recovery code' } as const;

/** Throws Fault `usage` on an empty line: that is no attempt, and must not be counted as one. */
export function credentialOf(kind: Credential['kind'], text: string): Credential {
  if (text === '')
    throw new Fault('usage', `the ${QUESTION[kind].toLowerCase()} is empty`, 'run the command again and type it');
  return kind === 'recovery' ? { kind, code: text } : { kind, passphrase: text };
}

export const isShut = ({ state }: VaultStatus): boolean => state === 'sealed' || state === 'locked';

/**
 * Opens a shut vault by asking, three times at most. Where nobody can be asked, and while a wait runs, the refusal with its remedy is thrown.
 */
export async function unlockByAsking(client: AppClient, prompt: SecretPrompt, status: VaultStatus): Promise<void> {
  if (!prompt.interactive) throw shutFault(status);
  for (let attempt = 1; ; attempt++) {
    const passphrase = credentialOf('passphrase', await prompt.hidden(QUESTION.passphrase));
    const credential = status.asksCode
      ? { ...passphrase, code: (await prompt.hidden('Code of the authenticator, or a backup code')).trim() }
      : passphrase;
    try {
      await client.invoke('vault.unlock', credential);
      return;
    } catch (error) {
      const { attempts, problem } = await client.invoke('vault.status', {});
      const again =
        error instanceof ContractError && error.reason === 'locked' && problem === null && attempts.waitMs === 0;
      if (!again || attempt === ATTEMPTS) throw error;
      prompt.tell(`mt: ${error.message}`);
    }
  }
}

const shutFault = ({ state, problem, remedy }: VaultStatus): Fault =>
  new Fault(
    'locked',
    problem ??
      (state === 'sealed' ? 'the vault of this data folder is locked by a passphrase' : 'the running engine is locked'),
    remedy ??
      'unlock it: mt vault unlock for a running engine, or run the command on a terminal, which asks for the passphrase',
  );

/** A new passphrase, typed twice; or the line of standard input. */
export async function newPassphrase(prompt: SecretPrompt, line: string | undefined): Promise<string> {
  if (line !== undefined) return line;
  const first = await prompt.hidden('New passphrase (ten characters or more; a few unrelated words are good)');
  if ((await prompt.hidden('Once more')) === first) return first;
  throw new Fault('usage', 'the two passphrases differ', 'run the command again; nothing was changed');
}

/** The credential, from standard input or asked for. */
export const askCredential = async (
  prompt: SecretPrompt,
  kind: Credential['kind'],
  line: string | undefined,
): Promise<Credential> => credentialOf(kind, line ?? (await prompt.hidden(QUESTION[kind])));

/** The lines of standard input when they were asked for, else none. Throws Fault `usage` when there are fewer or more than said. */
export async function stdinLines(prompt: SecretPrompt, wanted: boolean, count: number): Promise<readonly string[]> {
  if (!wanted) return [];
  const lines = await prompt.lines();
  if (lines.length === count) return lines;
  throw new Fault(
    'usage',
    `--stdin takes ${countText(count, 'line')}, and ${lines.length} came`,
    'see the help of the command for what each line is',
  );
}
