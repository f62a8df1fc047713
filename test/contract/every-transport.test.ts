import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { call, defineContract, type Scope } from '#shared/contract/define.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { type ClientOptions, createClient } from '#shared/transport/client.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { type DownFrame, downFrame } from '#shared/transport/frames.ts';
import { type EventSource, MAX_IN_FLIGHT, serveContract } from '#shared/transport/host.ts';
import type { Timer } from '#shared/transport/runtime.ts';
import { INTERNAL_MESSAGE } from '#shared/transport/wire-error.ts';
import { createListLog, createToyHandlers, SECRET, type Toy, toy } from './toy-contract.ts';
import { type PortEnds, TRANSPORTS } from './transports.ts';

/** Subscriptions a test can emit to by hand. */
const createToyEvents = () => {
  const open = new Map<string, Set<(payload: never) => void>>();
  const events: EventSource<Toy> = {
    subscribe(name, emit) {
      const emitters = open.get(name) ?? new Set();
      open.set(name, emitters.add(emit as (payload: never) => void));
      return () => void emitters.delete(emit as (payload: never) => void);
    },
  };
  return {
    events,
    emit: (name: string, payload: unknown) => open.get(name)?.forEach((emit) => emit(payload as never)),
    count: (name: string) => open.get(name)?.size ?? 0,
  };
};

/** A timer that fires when the test says so. */
const createManualTimer = () => {
  const armed = new Set<() => void>();
  const timer: Timer = (_ms, fire) => {
    armed.add(fire);
    return () => armed.delete(fire);
  };
  return { timer, fireAll: () => [...armed].forEach((fire) => fire()), armed: () => armed.size };
};

const failureOf = async (answer: Promise<unknown>): Promise<ContractError> => {
  const outcome = await answer.then(
    (value) => value,
    (error: unknown) => error,
  );
  if (!(outcome instanceof ContractError)) throw new Error(`expected a refusal, got ${JSON.stringify(outcome)}`);
  return outcome;
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
};

describe.each(TRANSPORTS)('the contract over $name', ({ open }) => {
  let ends: PortEnds | undefined;
  afterEach(async () => {
    await ends?.end();
    ends = undefined;
  });

  const start = async (more: { scope?: Scope; client?: ClientOptions; host?: { timer?: Timer } } = {}) => {
    ends = await open();
    const reached: string[] = [];
    const log = createListLog();
    const source = createToyEvents();
    const stop = serveContract({
      contract: toy,
      handlers: createToyHandlers(reached),
      events: source.events,
      port: ends.host,
      scope: more.scope ?? 'trade',
      logger: log,
      ...more.host,
    });
    const problems: unknown[] = [];
    const heard: DownFrame[] = [];
    ends.client.onFrame((frame) => heard.push(downFrame.parse(frame)));
    const client = createClient(toy, ends.client, { onProblem: (thrown) => problems.push(thrown), ...more.client });
    return { client, port: ends.client, hostPort: ends.host, reached, log, source, stop, problems, heard };
  };

  test('carries answers of every kind there and back', async () => {
    const { client } = await start();
    expect(await client.invoke('echo.say', { text: 'ça va \u2028 "x" 😀' })).toStrictEqual({
      text: 'ça va \u2028 "x" 😀',
    });
    expect(await client.invoke('answer.void', {})).toBeUndefined();
    expect(await client.invoke('answer.empty', {})).toStrictEqual({});
    expect(await client.invoke('answer.null', {})).toBeNull();
    expect(await client.invoke('answer.null', { id: 4 })).toStrictEqual({ n: 4 });
    expect(await client.invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
    expect(await client.invoke('act.trade', {})).toStrictEqual({ done: true });
  });

  test('fills in defaults on the host', async () => {
    const { client } = await start();
    expect(await client.invoke('echo.say', { text: 'ab' })).toStrictEqual({ text: 'ab' });
    expect(await client.invoke('echo.say', { text: 'ab', times: 3 })).toStrictEqual({ text: 'ababab' });
  });

  test('carries chart columns exactly, not-a-number and minus zero included, up to megabytes', async () => {
    const { client } = await start();
    const small = await client.invoke('answer.columns', { length: 4 });
    expect(small.open).toStrictEqual(Float64Array.of(0, Number.NaN, 2 / 3, 1));
    expect(Object.is(small.close[0], -0)).toBe(true);
    expect((await client.invoke('answer.columns', { length: 0 })).open).toHaveLength(0);
    const large = await client.invoke('answer.columns', { length: 250_000 });
    expect(large.open[249_999]).toBe(249_999 / 3);
  });

  test('refuses columns over 8 MiB', async () => {
    const { client, log } = await start();
    const error = await failureOf(client.invoke('answer.columns', { length: 600_000 }));
    expect([error.code, error.message]).toStrictEqual(['internal', INTERNAL_MESSAGE]);
    expect(log.lines.join()).toContain('answer.columns cannot be sent: too_large');
  });

  test('answers many calls out of one connection, each to its caller', async () => {
    const { client } = await start();
    const texts = Array.from({ length: 50 }, (_, i) => `call ${i}`);
    const answers = await Promise.all(texts.map((text) => client.invoke('echo.say', { text })));
    expect(answers.map((answer) => answer.text)).toStrictEqual(texts);
  });

  test('refuses a call beyond the scope before the handler runs, and allows what the scope contains', async () => {
    const { client, reached } = await start({ scope: 'view' });
    expect((await failureOf(client.invoke('act.trade', {}))).code).toBe('forbidden');
    expect((await failureOf(client.invoke('act.admin', { key: 'k' }))).code).toBe('forbidden');
    expect(reached).toStrictEqual([]);
    expect(await client.invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
  });

  test.each(['nothing.here', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'news.changed', 'valueOf'])(
    'answers unknown_call to the name %s',
    async (name) => {
      const { client, port, reached, heard } = await start();
      await client.ready;
      expect((await failureOf(client.invoke(name as 'answer.list', {}))).code).toBe('unknown_call');
      // Around the client's own check: the host must not find inherited names either.
      port.send({ t: 'call', id: 900, name, input: {} });
      await until(() => heard.some((frame) => frame.t === 'err' && frame.id === 900));
      expect(heard.find((frame) => frame.t === 'err' && frame.id === 900)).toMatchObject({
        error: { code: 'unknown_call' },
      });
      expect(reached).toStrictEqual([]);
    },
  );

  test.each([
    ['a wrong type', { text: 5 }],
    ['a missing field', {}],
    ['an unknown field', { text: 'a', more: 1 }],
    ['null', null],
    ['nothing', undefined],
    ['a list', ['a']],
    ['not a number', { text: 'a', times: Number.NaN }],
  ])('refuses %s in the client and again in the host, before the handler runs', async (_what, input) => {
    const { client, port, reached, heard } = await start();
    await client.ready;
    expect((await failureOf(client.invoke('echo.say', input as never))).code).toBe('bad_request');
    port.send({ t: 'call', id: 900, name: 'echo.say', input });
    await until(() => heard.some((frame) => frame.t === 'err' && frame.id === 900));
    expect(heard.find((frame) => frame.t === 'err' && frame.id === 900)).toMatchObject({
      error: { code: 'bad_request' },
    });
    expect(reached).toStrictEqual([]);
  });

  test('carries a refusal of the engine with its reason and remedy', async () => {
    const { client, log } = await start();
    const { code, reason, message, remedy } = await failureOf(client.invoke('fail.fault', {}));
    expect({ code, reason, message, remedy }).toStrictEqual({
      code: 'rejected',
      reason: 'not_found',
      message: 'there is no agent a-7',
      remedy: 'list them: mt agents',
    });
    expect(log.lines).toStrictEqual([]);
  });

  test('tells the log about an exception, and the caller only that there was one', async () => {
    const { client, log, heard } = await start();
    const error = await failureOf(client.invoke('fail.bug', {}));
    expect([error.code, error.message]).toStrictEqual(['internal', INTERNAL_MESSAGE]);
    expect(JSON.stringify(heard)).not.toContain(SECRET);
    expect(log.lines.join()).toContain(SECRET);
  });

  test('keeps back an answer that breaks the contract', async () => {
    const { client, log, heard } = await start();
    const error = await failureOf(client.invoke('fail.output', {}));
    expect([error.code, error.message]).toStrictEqual(['internal', INTERNAL_MESSAGE]);
    expect(JSON.stringify(heard)).not.toContain(SECRET);
    expect(log.lines.join()).toContain('does not fit the contract');
  });

  test('does not hand a caller an answer that breaks the contract, should a host ever send one', async () => {
    ends = await open();
    const { host, client: port } = ends;
    host.onFrame((raw) => {
      const frame = raw as { t: string; id: number };
      host.send(
        frame.t === 'hello'
          ? { t: 'welcome', hash: contractHash(toy) }
          : { t: 'ok', id: frame.id, output: { text: 5 } },
      );
    });
    const client = createClient(toy, port);
    expect((await failureOf(client.invoke('echo.say', { text: 'a' }))).message).toBe(
      "the engine's answer to echo.say does not fit the contract",
    );
  });

  test('refuses replies over 1 MiB and accepts large ones below', async () => {
    const { client } = await start();
    expect((await client.invoke('fail.size', { kib: 1_000 })).text).toHaveLength(1_024_000);
    expect((await failureOf(client.invoke('fail.size', { kib: 1_025 }))).code).toBe('internal');
    expect(await client.invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
  });

  test('refuses requests over 64 KiB without sending them, and accepts large ones below', async () => {
    const { client, reached } = await start();
    expect((await client.invoke('echo.say', { text: 'y'.repeat(65_000) })).text).toHaveLength(65_000);
    const error = await failureOf(client.invoke('echo.say', { text: 'y'.repeat(65_536) }));
    expect([error.code, error.message]).toStrictEqual([
      'bad_request',
      'echo.say: a request may hold at most 64 KiB of plain data',
    ]);
    expect(reached).toStrictEqual(['echo.say']);
  });

  test('gives up on a call that takes too long, on both sides, and says so', async () => {
    const client = createManualTimer();
    const host = createManualTimer();
    const run = await start({ client: { timer: client.timer }, host: { timer: host.timer } });
    const slow = failureOf(run.client.invoke('slow.never', {}));
    await until(() => run.reached.length === 1);
    client.fireAll();
    expect([(await slow).code, (await slow).message]).toStrictEqual([
      'timeout',
      'slow.never was not answered within 5 s',
    ]);
    host.fireAll();
    await until(() => run.heard.some((frame) => frame.t === 'err' && frame.error.code === 'timeout'));
    expect([client.armed(), host.armed()]).toStrictEqual([0, 0]);
    expect(await run.client.invoke('answer.list', {})).toStrictEqual([1, 2, 3]);
  });

  test('never sends a call that timed out before the two sides had agreed', async () => {
    ends = await open();
    const { host, client: port } = ends;
    const said: string[] = [];
    host.onFrame((frame) => said.push((frame as { t: string }).t));
    const clock = createManualTimer();
    const client = createClient(toy, port, { timer: clock.timer });
    const late = failureOf(client.invoke('act.trade', {}));
    const kept = client.invoke('answer.void', {}).catch(() => undefined);
    expect(clock.armed()).toBe(2);
    clock.fireAll();
    expect((await late).code).toBe('timeout');
    await kept;
    host.send({ t: 'welcome', hash: contractHash(toy) });
    await client.ready;
    client.on('news.changed', () => undefined);
    await until(() => said.length === 2);
    expect(said).toStrictEqual(['hello', 'sub']);
  });

  test('bounds the calls that wait at the same time', async () => {
    const { client, reached } = await start();
    const slow = Array.from({ length: MAX_IN_FLIGHT }, () => failureOf(client.invoke('slow.never', {})));
    const refused = await failureOf(client.invoke('answer.list', {}));
    expect([refused.code, refused.reason]).toStrictEqual(['rejected', 'busy']);
    expect(reached).toHaveLength(MAX_IN_FLIGHT);
    client.close();
    for (const one of await Promise.all(slow)) expect(one.code).toBe('disconnected');
  });

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
