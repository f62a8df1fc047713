import { describe, expect, test } from 'vitest';
import {
  createFailureGate,
  createRateLimit,
  isAllowedOrigin,
  isLoopbackHost,
  sameSecret,
} from '#host/loopback-guard.ts';

describe('what a request on loopback must look like', () => {
  test.each(['127.0.0.1:4000', 'localhost:4000', '[::1]:4000'])('Host %s is this machine', (host) => {
    expect(isLoopbackHost(host, 4000)).toBe(true);
  });

  test.each([
    undefined,
    '',
    '127.0.0.1',
    'localhost',
    '127.0.0.1:40001',
    '127.0.0.1:400',
    'evil.example:4000',
    'localhost.evil.example:4000',
    '127.0.0.1.nip.io:4000',
    '127.0.0.1:4000.evil.example',
    'LOCALHOST:4000',
    '0.0.0.0:4000',
    '127.0.0.1:4000 ',
    'user@127.0.0.1:4000',
  ])('Host %s is not', (host) => {
    expect(isLoopbackHost(host, 4000)).toBe(false);
  });

  test('an Origin must be absent or exactly the page that is served', () => {
    const page = 'http://127.0.0.1:4000';
    expect([
      isAllowedOrigin(undefined, undefined),
      isAllowedOrigin(undefined, page),
      isAllowedOrigin(page, page),
    ]).toStrictEqual([true, true, true]);
    for (const origin of [
      'null',
      '',
      'http://127.0.0.1:40001',
      'http://127.0.0.1',
      'https://127.0.0.1:4000',
      'http://localhost:4000',
    ]) {
      expect(isAllowedOrigin(origin, page)).toBe(false);
      expect(isAllowedOrigin(origin, undefined)).toBe(false);
    }
    expect(isAllowedOrigin(page, undefined)).toBe(false);
  });

  test('secrets are compared whole, whatever their lengths', () => {
    expect([
      sameSecret('abc', 'abc'),
      sameSecret('ab', 'abc'),
      sameSecret('', 'abc'),
      sameSecret('abcd', 'abc'),
    ]).toStrictEqual([true, false, false, false]);
  });
});

describe('too many failures', () => {
  test('refuse the address until the penalty is over, and a success clears it', () => {
    let moment = 0;
    const gate = createFailureGate({ maxFailures: 5, penaltyMs: 1_000, now: () => moment });
    for (let i = 0; i < 4; i += 1) gate.failed('a');
    expect(gate.refuses('a')).toBe(false);
    gate.failed('a');
    expect([gate.refuses('a'), gate.refuses('b')]).toStrictEqual([true, false]);
    moment = 999;
    expect(gate.refuses('a')).toBe(true);
    moment = 1_000;
    expect(gate.refuses('a')).toBe(false);
    for (let i = 0; i < 4; i += 1) gate.failed('a');
    gate.passed('a');
    gate.failed('a');
    expect(gate.refuses('a')).toBe(false);
  });

  test('messages may come in a burst, then at their rate', () => {
    let moment = 0;
    const limit = createRateLimit(10, 3, () => moment);
    expect([limit.take(), limit.take(), limit.take(), limit.take()]).toStrictEqual([true, true, true, false]);
    moment = 100;
    expect([limit.take(), limit.take()]).toStrictEqual([true, false]);
    moment = 100_000;
    expect([limit.take(), limit.take(), limit.take(), limit.take()]).toStrictEqual([true, true, true, false]);
  });
});
