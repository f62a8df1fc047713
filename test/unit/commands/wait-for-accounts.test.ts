import { expect, it } from 'vitest';
import type { AccountView } from '#shared/contract/accounts.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { Session } from '../../../src/terminal/session.ts';
import { onceConnected, settledAccounts } from '../../../src/terminal/wait-for-accounts.ts';

const account = (state: AccountView['state']): AccountView => ({
  name: 'test',
  exchange: 'binance',
  environment: 'sandbox',
  instruments: ['BTC/USDT'],
  state,
  why: null,
  streamLost: false,
  unresolved: 0,
  reconciledAt: null,
  difference: null,
  shortfalls: [],
  foreign: [],
  equity: null,
  quoteAsset: null,
});

/** An engine whose account is in one state after the other. */
function engineWith(states: readonly AccountView['state'][]) {
  const left = [...states];
  const invoke = () => Promise.resolve([account((left.length > 1 ? left.shift() : left[0]) ?? 'broken')]);
  return { invoke } as unknown as AppClient;
}
const session = (client: AppClient, attached: boolean) => ({ client, attached }) as Session;

it('waits until the venue has answered, and no longer', async () => {
  const accounts = await settledAccounts(engineWith(['connecting', 'reconciling', 'ready', 'broken']));
  expect(accounts.map(({ state }) => state)).toEqual(['ready']);
  expect((await settledAccounts(engineWith(['refused'])))[0]?.state).toBe('refused');
});

it('orders on an engine of its own once the account is connected and has a price', async () => {
  let asked = 0;
  const ask = () => {
    asked += 1;
    const noPrice = new ContractError({ code: 'rejected', message: 'no price is known', reason: 'bad_data' });
    return asked < 3 ? Promise.reject(noPrice) : Promise.resolve('placed');
  };
  const own = session(engineWith(['connecting', 'ready']), false);
  expect(await onceConnected(own, 'test', ask)).toBe('placed');
  expect(asked).toBe(3);
});

it('hides no other refusal, and waits for nothing where an engine runs or the account is simulated', async () => {
  const refuse = () => Promise.reject(new ContractError({ code: 'rejected', message: 'no', reason: 'refused' }));
  await expect(onceConnected(session(engineWith(['ready']), false), 'test', refuse)).rejects.toThrow('no');
  const never = session(engineWith(['connecting']), true);
  expect(await onceConnected(never, 'test', () => Promise.resolve(1))).toBe(1);
  const simulated = session(engineWith(['connecting']), false);
  expect(await onceConnected(simulated, 'simulated', () => Promise.resolve(2))).toBe(2);
});
