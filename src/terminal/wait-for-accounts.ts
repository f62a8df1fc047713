import type { AccountView } from '#shared/contract/accounts.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { SIMULATED_ACCOUNT } from '#shared/contract/orders.ts';
import type { Session } from './session.ts';

const LONGEST_WAIT_MS = 8_000;
const PAUSE_MS = 100;
const WAITING: ReadonlySet<AccountView['state']> = new Set(['connecting', 'reconciling']);

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/**
 * The accounts as they stand once each has had its venue's answer, or after some seconds. An engine that lives as long as one command has only
 * just begun to connect; without waiting it would never be connected when it is asked.
 */
export async function settledAccounts(client: AppClient, name?: string): Promise<readonly AccountView[]> {
  for (const end = Date.now() + LONGEST_WAIT_MS; ; await pause()) {
    const accounts = await client.invoke('accounts.list', {});
    const waiting = accounts.some((one) => (name === undefined || one.name === name) && WAITING.has(one.state));
    if (!waiting || Date.now() > end) return accounts;
  }
}

/** Asks for something of an account as soon as an engine of our own has reached its venue and, for an order, knows a price there. */
export async function onceConnected<T>(
  { client, attached }: Session,
  account: string,
  ask: () => Promise<T>,
): Promise<T> {
  if (attached || account === SIMULATED_ACCOUNT) return ask();
  await settledAccounts(client, account);
  for (const end = Date.now() + LONGEST_WAIT_MS; ; await pause()) {
    try {
      return await ask();
    } catch (error) {
      const noPrice = error instanceof ContractError && error.reason === 'bad_data';
      if (!noPrice || Date.now() > end) throw error;
    }
  }
}
