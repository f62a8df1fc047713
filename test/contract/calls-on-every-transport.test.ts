import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '#shared/transport/client.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { MAX_IN_FLIGHT } from '#shared/transport/host.ts';
import { INTERNAL_MESSAGE } from '#shared/transport/wire-error.ts';
import { SECRET, toy } from './toy-contract.ts';
import { converse, createManualTimer, failureOf, until } from './toy-harness.ts';
import { type PortEnds, TRANSPORTS } from './transports.ts';

describe.each(TRANSPORTS)('calls over $name', ({ open }) => {
  let ends: PortEnds | undefined;
  afterEach(async () => {
    await ends?.end();
    ends = undefined;
  });
  const start = async (more: Parameters<typeof converse>[1] = {}) => {
    ends = await open();
    return converse(ends, more);
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
});
