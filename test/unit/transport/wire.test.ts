import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { appContract } from '#shared/contract/app-contract.ts';
import { call, defineContract, event } from '#shared/contract/define.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { fromBase64, toBase64 } from '#shared/transport/base64.ts';
import { decodeFrame, encodeFrame } from '#shared/transport/codec.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { serveContract } from '#shared/transport/host.ts';
import { createPortPair } from '#shared/transport/ports.ts';
import { issuesText, wire, wireErrorOf } from '#shared/transport/wire-error.ts';
import { wireSize } from '#shared/transport/wire-size.ts';
import * as fc from '../../support/seeded-check.ts';

const ROOMY = { json: 10_000_000, columns: 10_000_000 };

describe('the weight of a frame', () => {
  test('is the number of bytes JSON would take, for anything JSON can say', () => {
    const anyText = fc.string({ unit: 'binary' });
    const anyValue = fc.anything({
      key: anyText,
      values: [anyText, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)],
    });
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(wireSize(value, ROOMY)).toStrictEqual({
          fits: true,
          json: Buffer.byteLength(JSON.stringify(value)),
          columns: 0,
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('counts lone surrogates and control characters as the escapes they become', () => {
    for (const text of ['\ud800', 'a\udc00b', '\ud83d\ude00', '\u0000\u001f\n\t"\\', '\u2028']) {
      expect(wireSize(text, ROOMY)).toMatchObject({ json: Buffer.byteLength(JSON.stringify(text)) });
    }
  });

  test('ends exactly at the cap', () => {
    expect(wireSize('x'.repeat(98), { json: 100, columns: 0 }).fits).toBe(true);
    expect(wireSize('x'.repeat(99), { json: 100, columns: 0 })).toStrictEqual({ fits: false, why: 'too_large' });
    expect(wireSize(new Float64Array(2), { json: 10, columns: 16 }).fits).toBe(true);
    expect(wireSize(new Float64Array(3), { json: 10, columns: 16 })).toStrictEqual({ fits: false, why: 'too_large' });
  });

  test('counts the whole buffer behind a short view, because a clone copies it', () => {
    const view = new Float64Array(1_000).subarray(0, 1);
    expect(wireSize(view, ROOMY)).toMatchObject({ columns: 8_000 });
  });

  test('does not walk a huge sparse list or an endless one', () => {
    const sparse: unknown[] = [];
    sparse.length = 4_000_000_000;
    expect(wireSize(sparse, ROOMY)).toStrictEqual({ fits: false, why: 'too_large' });
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(wireSize(cycle, ROOMY)).toStrictEqual({ fits: false, why: 'unsupported' });
  });

  test.each([
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a set inside', { a: [new Set()] }],
    ['bytes', new Uint8Array(2)],
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['an instance of a class', new ContractError({ code: 'internal', message: 'x' })],
  ])('has no number for %s', (_what, value) => {
    expect(wireSize(value, ROOMY)).toStrictEqual({ fits: false, why: 'unsupported' });
  });
});

describe('frames as text', () => {
  test('base64 agrees with the platform in both directions and refuses everything else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes))).toStrictEqual(bytes);
      }),
    );
    for (const bad of ['a', 'ab=a', 'ab==cd==', 'abc*', '====', 'abcé', 'ab c'])
      expect(fromBase64(bad)).toBeUndefined();
  });

  test('columns survive bit for bit, wherever they are', () => {
    const column = fc.float64Array({ maxLength: 40 });
    fc.assert(
      fc.property(column, column, (a, b) => {
        const frame = { t: 'ok', id: 1, output: { a, deep: [{ b }, null] } };
        expect(decodeFrame(encodeFrame(frame))).toStrictEqual(frame);
      }),
    );
  });

  test('plain values come back as JSON means them', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(decodeFrame(encodeFrame({ value }))).toStrictEqual(JSON.parse(JSON.stringify({ value })));
      }),
    );
  });

  test.each([
    ['broken JSON', '{'],
    ['nothing', ''],
    ['a tag that is no text', '{"$f64":1}'],
    ['a tag beside other fields', '{"$f64":"","a":1}'],
    ['half a double', '{"$f64":"AAAA"}'],
    ['bad base64', '{"a":{"$f64":"*"}}'],
    ['nesting beyond the stack', `${'['.repeat(60_000)}${']'.repeat(60_000)}`],
  ])('%s is no frame', (_what, text) => {
    expect(decodeFrame(text)).toBeUndefined();
  });

  test.each([undefined, () => 1, Symbol('x'), 1n])('there is no text for %s', (value) => {
    expect(() => encodeFrame(value)).toThrow(TypeError);
  });

  test('a view cannot pass text off as columns', () => {
    expect(() => encodeFrame({ output: { $f64: 'AAAAAAAA8D8=' } })).toThrow('$f64');
  });

  test('a __proto__ field stays data', () => {
    const frame = decodeFrame('{"t":"call","__proto__":{"admin":true}}') as Record<string, unknown>;
    expect(Object.getPrototypeOf(frame)).toBe(Object.prototype);
    expect(frame['admin']).toBeUndefined();
  });
});

describe('the contract hash', () => {
  const base = {
    'a.b': call('view', z.strictObject({ n: z.int() }), z.void()),
    'c.d': event('view', z.string()),
  } as const;

  test('is the same for the same contract in another order', () => {
    expect(contractHash(defineContract({ 'c.d': event('view', z.string()), 'a.b': base['a.b'] }))).toBe(
      contractHash(base),
    );
    expect(contractHash(appContract)).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each([
    ['a new entry', { ...base, 'e.f': event('view', z.string()) }],
    ['another name', { 'a.c': base['a.b'], 'c.d': base['c.d'] }],
    ['another scope', { ...base, 'a.b': call('trade', z.strictObject({ n: z.int() }), z.void()) }],
    ['another input', { ...base, 'a.b': call('view', z.strictObject({ n: z.int().optional() }), z.void()) }],
    ['another output', { ...base, 'a.b': call('view', z.strictObject({ n: z.int() }), z.null()) }],
    ['another payload', { ...base, 'c.d': event('view', z.string().max(3)) }],
    ['a call that became an event', { ...base, 'a.b': event('view', z.void()) }],
  ])('changes with %s', (_what, contract) => {
    expect(contractHash(contract)).not.toBe(contractHash(base));
  });
});

describe('errors on the wire', () => {
  test('never carry the stack that some libraries put into a message', () => {
    const stacked = wire('rejected', 'cannot\n    at open (/home/x/file.ts:1:2)\n    at run', {
      reason: 'a\n  at b',
      remedy: 'c\n at d',
    });
    expect(stacked).toStrictEqual({ code: 'rejected', message: 'cannot', reason: 'a', remedy: 'c' });
  });

  test('are bounded', () => {
    expect(wire('rejected', 'x'.repeat(1_000_000)).message).toHaveLength(2_000);
  });

  test('keep the words of a refusal and of nothing else', () => {
    const fault = Object.assign(new Error('no'), { name: 'Fault', code: 'halted', remedy: 'resume' });
    expect(wireErrorOf(fault)).toStrictEqual({
      expected: true,
      error: { code: 'rejected', reason: 'halted', message: 'no', remedy: 'resume' },
    });
    const passedOn = new ContractError({ code: 'rejected', message: 'no' });
    expect(wireErrorOf(passedOn)).toStrictEqual({ expected: true, error: { code: 'rejected', message: 'no' } });
    const strangers = [
      new Error('secret'),
      { name: 'Fault', code: 'halted', remedy: 'x', message: 'secret' },
      Object.assign(new Error('secret'), { name: 'Fault' }),
      new ContractError({ code: 'internal', message: 'secret' }),
      'secret',
      undefined,
    ];
    for (const stranger of strangers) expect(JSON.stringify(wireErrorOf(stranger))).not.toContain('secret');
  });

  test('say where an input is wrong without repeating what was sent', () => {
    const schema = z.strictObject({ a: z.strictObject({ n: z.int() }) });
    const told = (input: unknown): string => issuesText(schema.safeParse(input).error ?? new z.ZodError([]));
    expect(told({ a: { n: 'secret' } })).toBe('a.n: Invalid input: expected number, received string');
    expect(told({ a: { n: 1 }, more: 1 })).toBe('unknown field more');
    expect(told({ a: { n: 1 }, '\n at /home/secret.ts:1:1': 1 })).toBe('unknown field ?');
  });
});

describe('limits of the host that only a hand-made client can reach', () => {
  const contract = defineContract({ 'a.b': call('view', z.strictObject({ text: z.string() }), z.strictObject({})) });
  const ask = async (frame: unknown): Promise<readonly unknown[]> => {
    const { client, host } = createPortPair();
    serveContract({ contract, handlers: { 'a.b': () => ({}) }, port: host, scope: 'view' });
    const heard: unknown[] = [];
    client.onFrame((answer) => heard.push(answer));
    client.send({ t: 'hello', hash: contractHash(contract) });
    client.send(frame);
    client.send({ t: 'call', id: 99, name: 'a.b', input: { text: '' } });
    while (!heard.some((answer) => (answer as { id?: number }).id === 99)) await Promise.resolve();
    return heard.slice(1, -1);
  };

  test('a request over 64 KiB is refused by name of its size', async () => {
    expect(await ask({ t: 'call', id: 1, name: 'a.b', input: { text: 'x'.repeat(65_536) } })).toStrictEqual([
      { t: 'err', id: 1, error: { code: 'bad_request', message: 'a request may have at most 64 KiB and no columns' } },
    ]);
  });

  test('columns, maps and dates are refused in a request', async () => {
    expect(await ask({ t: 'call', id: 1, name: 'a.b', input: new Float64Array(1) })).toMatchObject([
      { error: { code: 'bad_request' } },
    ]);
    for (const input of [new Map(), new Date(0), 1n]) {
      expect(await ask({ t: 'call', id: 1, name: 'a.b', input })).toMatchObject([{ error: { code: 'bad_request' } }]);
    }
  });

  test('an oversized frame that is no call gets no answer', async () => {
    expect(await ask({ t: 'sub', id: 1, name: 'x'.repeat(70_000) })).toStrictEqual([]);
    expect(await ask({ t: 'call', id: -1, name: 'x'.repeat(70_000) })).toStrictEqual([]);
  });
});
