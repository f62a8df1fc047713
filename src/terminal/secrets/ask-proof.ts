import type { AppInput } from '#shared/contract/app-contract.ts';
import type { ProveAgain } from '#shared/transport/with-step-up.ts';
import type { SecretPrompt } from './ask.ts';

type Proof = AppInput<'access.step_up'>['proof'];

const capitalised = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/**
 * Asks for the proof on the terminal. Where nobody sits at one there is nobody to prove anything, and the refusal stands; only what is no
 * proof but a confirmation may be given beforehand, with `--yes`. A wrong proof is told by the engine's refusal of it.
 */
export const proveOnTerminal =
  (prompt: SecretPrompt, yes: boolean): ProveAgain =>
  async (client, why) => {
    const { needs } = await client.invoke('access.status', {});
    const given = async (): Promise<Proof | undefined> => {
      if (needs === 'confirm' && yes) return { kind: 'confirm' };
      if (!prompt.interactive) return undefined;
      prompt.tell(`${capitalised(why)}.`);
      if (needs === 'confirm') {
        const word = await prompt.hidden('There is no passphrase yet. Type yes to confirm');
        return word.trim().toLowerCase() === 'yes' ? { kind: 'confirm' } : undefined;
      }
      if (needs === 'totp') {
        const code = (await prompt.hidden('Code of the authenticator, or a backup code')).trim();
        return code === '' ? undefined : { kind: 'code', code };
      }
      const passphrase = await prompt.hidden('Passphrase');
      return passphrase === '' ? undefined : { kind: 'passphrase', passphrase };
    };
    const proof = await given();
    if (proof === undefined) return false;
    await client.invoke('access.step_up', { proof });
    return true;
  };
