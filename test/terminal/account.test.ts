import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { connectToEngine } from '#host/engine-file.ts';
import { type CommandId, commands } from '#shared/commands/registry.ts';
import { accountView } from '#shared/contract/accounts.ts';
import { manualBook, orderOutcome } from '#shared/contract/orders.ts';
import { type ExchangeProcess, startExchange } from '../exchange/client.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, type RunningMt, runMt, startMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-account-cli');
const home = join(folder.path, 'home');
const PASSPHRASE = 'a passphrase of this test';
const used = new Set<CommandId>();
let exchange: ExchangeProcess;
let up: RunningMt | undefined;

/** The answer of a command, which fits its schema; or its error, which is told by the code. */
async function mt(id: CommandId, more: readonly string[] = [], input = '') {
  const command = commands.find((candidate) => candidate.id === id) ?? expect.fail(id);
  used.add(id);
  const { code, stdout } = await runMt([...command.words, ...more, '--json'], { home, input });
  const answer = oneJsonLine(stdout);
  if (code === 0) command.output.parse(answer);
  return { code, answer };
}

beforeAll(async () => {
  await installedTerminal();
  exchange = await startExchange({ venue: 'binance', marketIntervalMs: 100 });
  await mt('vault.set-passphrase', ['--stdin'], `${PASSPHRASE}\n`);
  up = await startMt(['up'], { home });
  await up.said(/listens on/);
  await mt('vault.unlock', ['--stdin'], `${PASSPHRASE}\n`);
});
afterAll(async () => {
  up?.child.kill('SIGTERM');
  await up?.finished;
  await exchange.stop();
  folder.remove();
});

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

const onIt = ['--account', 'test'];

async function lastPrice(): Promise<number> {
  const ticker = await fetch(`http://127.0.0.1:${exchange.port}/api/v3/ticker/24hr?symbol=BTCUSDT`);
  return Number(((await ticker.json()) as { lastPrice: string }).lastPrice);
}

const book = async () => manualBook.parse((await mt('order.ls', onIt)).answer);
const accounts = async () =>
  z.object({ accounts: z.array(accountView) }).parse((await mt('account.ls')).answer).accounts;

/** For about 100 with a stop two percent below the price, once the account has prices. */
const buy = (...more: readonly string[]) =>
  until('a purchase', async () => {
    const price = await lastPrice();
    const order = ['BTC/USDT', (100 / price).toFixed(4), '--stop', String(Math.floor(price * 0.98)), ...onIt, ...more];
    const { code, answer } = await mt('order.buy', order);
    return code === 0 ? orderOutcome.parse(answer) : undefined;
  });

const restingStops = async () =>
  (await exchange.truth()).orders.filter(
    ({ clientId, side, status }) => clientId?.startsWith('mt') && side === 'sell' && /open|untriggered/.test(status),
  );

// One story, in order: each step stands on the one before.
describe('mt account, and mt order on an account at a local exchange', () => {
  it('connects only an account whose keys are stored, and for a person who proves who asks', async () => {
    const url = `http://127.0.0.1:${exchange.port}`;
    const { code, answer } = await mt('account.add', ['test', '--exchange', 'binance', '--url', url]);
    expect(code).toBe(3);
    expect(answer).toMatchObject({ error: { code: 'step_up' } });
    const { apiKey, secret } = exchange.ccxt;
    // The proof is given at a terminal, by a person; here the test is that person.
    const client = await connectToEngine(home, 'trade');
    const add = async () =>
      client.invoke('accounts.add', {
        name: 'test',
        exchange: 'binance',
        environment: 'sandbox',
        instruments: ['BTC/USDT'],
        url,
      });
    await client.invoke('access.step_up', { proof: { kind: 'passphrase', passphrase: PASSPHRASE } });
    await expect(add()).rejects.toMatchObject({ reason: 'not_found' });
    await client.invoke('keys.put', { name: 'test', venue: 'binance', apiKey, secret });
    const added = await add();
    client.close();
    expect(added).toMatchObject({ name: 'test', environment: 'sandbox', instruments: ['BTC/USDT'] });
    const ready = await until('a ready account', async () => (await accounts()).find(({ state }) => state === 'ready'));
    expect(Number(ready.equity)).toBeGreaterThan(0);
  });

  it('lets an order rest on it, and takes it back', async () => {
    const { order } = await buy('--limit', String(Math.floor((await lastPrice()) * 0.993)));
    expect(order).toMatchObject({ type: 'limit', filledQuantity: '0' });
    const { code, answer } = await mt('order.cancel', [order.clientOrderId, ...onIt]);
    expect(code).toBe(0);
    expect(manualBook.parse(answer).orders.map(({ clientOrderId }) => clientOrderId)).toEqual([order.clientOrderId]);
    await until('the cancel', async () => {
      const { orders } = await book();
      return orders.every(({ status }) => status === 'canceled') ? true : undefined;
    });
    expect((await mt('order.cancel', [order.clientOrderId, ...onIt])).code).toBe(4);
  });

  it('buys on it with a stop that rests at the venue, and closes it again', async () => {
    const bought = await buy();
    expect(bought).toMatchObject({ account: 'test', environment: 'sandbox', order: { status: 'filled' } });
    await until('the stop at the venue', async () => ((await restingStops()).length === 1 ? true : undefined));
    expect((await book()).holdings).toHaveLength(1);
    expect((await mt('account.remove', ['test'])).code).toBe(4);

    expect((await mt('order.close', ['BTC/USDT', ...onIt])).code).toBe(0);
    await until('an empty book', async () => ((await restingStops()).length === 0 ? true : undefined));
    // Less than a lot may be left: the fee was taken out of what was bought.
    await until('the sale', async () => {
      const { holdings } = await book();
      return holdings.every(({ quantity }) => Number(quantity) < 0.000_01) ? true : undefined;
    });
  });

  it('forgets it, and its orders are no longer taken', async () => {
    expect(await mt('account.remove', ['test'])).toMatchObject({ code: 0, answer: { accounts: [] } });
    expect((await mt('order.buy', ['BTC/USDT', '0.001', '--stop', '1', ...onIt])).code).not.toBe(0);
  });

  it('is the story of every account command, and of the order that rests', () => {
    // The simulated account alone can begin anew.
    const told = commands.map(({ id }) => id).filter((id) => /^(account\.(?!reset)|order\.cancel)/.test(id));
    expect(told.filter((id) => !used.has(id))).toEqual([]);
  });
});
