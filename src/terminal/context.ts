import type { AppClient } from '#shared/contract/app-contract.ts';
import { withStepUp } from '#shared/transport/with-step-up.ts';
import type { Output } from './output.ts';
import type { EnginePlace } from './own-engine.ts';
import type { SecretPrompt } from './secrets/ask.ts';
import { proveOnTerminal } from './secrets/ask-proof.ts';
import { isShut, unlockByAsking } from './secrets/credentials.ts';
import { openSession, type Session } from './session.ts';

/** What every command is given. */
export type Context = {
  readonly output: Output;
  readonly home: string;
  readonly cwd: string;
  readonly place: EnginePlace;
  readonly verbose: boolean;
  readonly yes: boolean;
  readonly prompt: SecretPrompt;
  /** An engine that is open already and stays so: of the full screen, of a batch. */
  readonly lent?: () => Promise<Session>;
  /** Calls the listener on SIGINT, SIGTERM and SIGHUP. Returns the undo. */
  readonly onInterrupt: (listener: () => void) => () => void;
};

/** A command ends with its exit code. */
export type Run<Args> = (args: Args, context: Context) => Promise<number>;

/**
 * Lends an engine to `work` and closes it, whatever happens. A shut vault is opened first, by asking; `any` is for what works on a shut one.
 */
export async function withSession(
  { home, place, verbose, yes, prompt, lent }: Context,
  scope: 'view' | 'trade',
  work: (session: Session) => Promise<number>,
  vault: 'opened' | 'any' = 'opened',
): Promise<number> {
  const session = lent === undefined ? await openSession({ home, place, verbose, scope }) : await lent();
  try {
    if (vault === 'opened') await openVaultFirst(session.client, prompt);
    return await work({ ...session, client: withStepUp(session.client, proveOnTerminal(prompt, yes)) });
  } finally {
    if (lent === undefined) await session.close();
  }
}

async function openVaultFirst(client: AppClient, prompt: SecretPrompt): Promise<void> {
  const status = await client.invoke('vault.status', {});
  if (isShut(status)) await unlockByAsking(client, prompt, status);
}
