import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { call, defineContract } from '#shared/contract/define.ts';
import type { ContractError } from '#shared/contract/errors.ts';
import { createClient } from '#shared/transport/client.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { serveContract } from '#shared/transport/host.ts';
import { createListLog, createToyHandlers, SECRET, toy } from './toy-contract.ts';
import { converse, failureOf, until } from './toy-harness.ts';
import { type PortEnds, TRANSPORTS } from './transports.ts';

describe.each(TRANSPORTS)('events and connections over $name', ({ open }) => {
  let ends: PortEnds | undefined;
  afterEach(async () => {
    await ends?.end();
    ends = undefined;
  });
  const start = async (more: Parameters<typeof converse>[1] = {}) => {
    ends = await open();
    return converse(ends, more);
  };

  test('delivers events to each listener until it is undone, and releases the source', async () => {
    const { client, source } = await start();
    const first: number[] = [];
    const second: number[] = [];
    const undo = client.on('news.changed', ({ n }) => first.push(n));
    client.on('news.changed', ({ n }) => second.push(n));
    await until(() => source.count('news.changed') === 2);
    source.emit('news.changed', { n: 1 });
    await until(() => second.length === 1);
    undo();
    undo();
    await until(() => source.count('news.changed') === 1);
    source.emit('news.changed', { n: 2 });
    await until(() => second.length === 2);
    expect([first, second]).toStrictEqual([[1], [1, 2]]);
  });

  test('carries columns in events', async () => {
    const { client, source } = await start();
    const seen: Float64Array[] = [];
    client.on('news.columns', ({ open: column }) => seen.push(column));
    await until(() => source.count('news.columns') === 1);
    source.emit('news.columns', { open: Float64Array.of(1.5, Number.NaN) });
    await until(() => seen.length === 1);
    expect(seen[0]).toStrictEqual(Float64Array.of(1.5, Number.NaN));
  });

  test('keeps back an event that breaks the contract, and delivers the next good one', async () => {
    const { client, source, log, heard } = await start();
    const seen: number[] = [];
    client.on('news.changed', ({ n }) => seen.push(n));
    await until(() => source.count('news.changed') === 1);
    source.emit('news.changed', { n: SECRET });
    source.emit('news.changed', { n: 1, more: SECRET });
    source.emit('news.changed', { n: 7 });
    await until(() => seen.length === 1);
    expect(seen).toStrictEqual([7]);
    expect(JSON.stringify(heard)).not.toContain(SECRET);
    expect(log.lines).toHaveLength(2);
  });

  test('does not hand a listener an event that breaks the contract, should a host ever send one', async () => {
    ends = await open();
    const { host, client: port } = ends;
    host.onFrame((raw) => {
      const frame = raw as { t: string; id: number };
      if (frame.t === 'hello') host.send({ t: 'welcome', hash: contractHash(toy) });
      else if (frame.t === 'sub') for (const n of ['x', 3]) host.send({ t: 'evt', id: frame.id, payload: { n } });
    });
    const problems: unknown[] = [];
    const seen: number[] = [];
    createClient(toy, port, { onProblem: (thrown) => problems.push(thrown) }).on('news.changed', ({ n }) =>
      seen.push(n),
    );
    await until(() => seen.length === 1);
    expect(seen).toStrictEqual([3]);
    expect(problems).toMatchObject([{ code: 'internal', message: 'the event news.changed does not fit the contract' }]);
  });

  test('refuses a subscription beyond the scope and to what is no event', async () => {
    const { client, source, problems, port, heard } = await start({ scope: 'trade' });
    client.on('news.admin', () => undefined);
    await until(() => problems.length === 1);
    expect(problems).toMatchObject([{ code: 'forbidden' }]);
    expect(source.count('news.admin')).toBe(0);
    for (const [i, name] of ['constructor', 'echo.say', '__proto__'].entries())
      port.send({ t: 'sub', id: 700 + i, name });
    await until(() => heard.filter((frame) => frame.t === 'err').length === 4);
    expect(heard.filter((frame) => frame.t === 'err').map((frame) => frame.error.code)).toStrictEqual([
      'forbidden',
      'unknown_call',
      'unknown_call',
      'unknown_call',
    ]);
  });

  test('rejects everything that waits when the other side goes away, and releases its subscriptions', async () => {
    const gone: ContractError[] = [];
    const { client, stop, source, reached } = await start({ client: { onDisconnect: (error) => gone.push(error) } });
    client.on('news.changed', () => undefined);
    const slow = failureOf(client.invoke('slow.never', {}));
    await until(() => reached.length === 1 && source.count('news.changed') === 1);
    stop();
    expect((await slow).code).toBe('disconnected');
    expect(gone).toHaveLength(1);
    expect(source.count('news.changed')).toBe(0);
    expect((await failureOf(client.invoke('answer.list', {}))).code).toBe('disconnected');
  });

  test('releases subscriptions when the client goes away', async () => {
    const { client, source } = await start();
    client.on('news.changed', () => undefined);
    await until(() => source.count('news.changed') === 1);
    client.close();
    await until(() => source.count('news.changed') === 0);
    expect((await failureOf(client.invoke('answer.list', {}))).code).toBe('disconnected');
  });

  test('starts afresh for a page that says hello again: nothing of the old one is delivered to it', async () => {
    const { client, source, port, heard } = await start();
    client.on('news.changed', () => undefined);
    await until(() => source.count('news.changed') === 1);
    port.send({ t: 'hello', hash: contractHash(toy) });
    await until(() => heard.filter((frame) => frame.t === 'welcome').length === 2);
    expect(source.count('news.changed')).toBe(0);
  });

  test('refuses to talk to a client of another contract', async () => {
    ends = await open();
    const reached: string[] = [];
    serveContract({ contract: toy, handlers: createToyHandlers(reached), port: ends.host, scope: 'admin' });
    const other = defineContract({ 'answer.list': call('view', z.strictObject({}), z.array(z.string())) });
    const client = createClient(other, ends.client);
    const error = await failureOf(client.invoke('answer.list', {}));
    expect(error.code).toBe('contract_mismatch');
    expect(error.remedy).toBe('restart the engine and this program from the same build');
    expect((await failureOf(client.ready)).code).toBe('contract_mismatch');
    expect(reached).toStrictEqual([]);
  });

  test('is not talked into it by a client that ignores the refusal', async () => {
    ends = await open();
    const { host, client: port } = ends;
    const reached: string[] = [];
    serveContract({ contract: toy, handlers: createToyHandlers(reached), port: host, scope: 'admin' });
    const heard: unknown[] = [];
    port.onFrame((frame) => heard.push(frame));
    const hash = contractHash(toy);
    port.send({ t: 'hello', hash: '0'.repeat(16) });
    port.send({ t: 'call', id: 1, name: 'answer.list', input: {} });
    port.send({ t: 'hello', hash });
    await until(() => heard.length === 2);
    expect(heard).toStrictEqual([
      { t: 'refuse', hash },
      { t: 'welcome', hash },
    ]);
    expect(reached).toStrictEqual([]);
  });

  test('knows nothing by inheritance: an entry on the prototype of contract and handlers is no call', async () => {
    ends = await open();
    const planted = call('view', z.strictObject({}), z.strictObject({}));
    const own = { 'answer.list': toy['answer.list'] };
    const contract: typeof own = Object.assign(Object.create({ 'planted.call': planted }) as object, own);
    const reached: string[] = [];
    const plant = { 'planted.call': () => reached.push('planted.call') };
    const handlers = Object.assign(Object.create(plant) as object, { 'answer.list': () => [1] });
    serveContract({ contract, handlers, port: ends.host, scope: 'admin' });
    const heard: unknown[] = [];
    ends.client.onFrame((frame) => heard.push(frame));
    const client = createClient(contract, ends.client);
    await client.ready;
    expect((await failureOf(client.invoke('planted.call' as 'answer.list', {}))).code).toBe('unknown_call');
    ends.client.send({ t: 'call', id: 900, name: 'planted.call', input: {} });
    await until(() => heard.length === 2);
    expect(heard[1]).toMatchObject({ t: 'err', id: 900, error: { code: 'unknown_call' } });
    expect(reached).toStrictEqual([]);
  });

  test('answers nothing before a hello, and nothing to what is no frame', async () => {
    ends = await open();
    const { host, client: port } = ends;
    const log = createListLog();
    const reached: string[] = [];
    serveContract({ contract: toy, handlers: createToyHandlers(reached), port: host, scope: 'admin', logger: log });
    const heard: unknown[] = [];
    port.onFrame((frame) => heard.push(frame));
    const strangers = [
      { t: 'call', id: 1, name: 'answer.list', input: {} },
      'hello',
      null,
      7,
      [],
      { t: 'hello' },
      { t: 'hello', hash: contractHash(toy), more: 1 },
      { t: 'welcome', hash: contractHash(toy) },
      { t: 'ok', id: 1 },
      { t: 'unsub', id: -1 },
      { t: 'call', id: 0.5, name: 'answer.list' },
      { t: 'call', id: 2, name: '' },
    ];
    for (const frame of strangers) port.send(frame);
    port.send({ t: 'hello', hash: contractHash(toy) });
    await until(() => heard.length > 0);
    expect(heard).toStrictEqual([{ t: 'welcome', hash: contractHash(toy) }]);
    expect(reached).toStrictEqual([]);
    // 12 dropped frames are told at the 1st, 2nd, 4th and 8th: a flood does not flood the log.
    expect(log.lines).toHaveLength(4);
  });

  test('drops a second call under an id that is still open', async () => {
    const { client, port, reached } = await start();
    await client.ready;
    port.send({ t: 'call', id: 500, name: 'slow.never', input: {} });
    port.send({ t: 'call', id: 500, name: 'act.trade', input: {} });
    expect(await client.invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
    expect(reached).toStrictEqual(['slow.never', 'answer.list']);
  });
});
