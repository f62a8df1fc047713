import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NODE } from '#test/support/child.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const ROUNDS = 5;

const FULL = `
  const start = performance.now();
  const { default: ccxt } = await import('ccxt');
  new ccxt.pro.binance();
`;
const ONE = `
  const start = performance.now();
  const { openExchange } = await import('./src/adapters/venue-ccxt/open-exchange.ts');
  const clock = { now: () => Date.now(), setTimer: () => () => undefined };
  await openExchange({ id: 'binance', clocks: { wall: clock, steady: clock }, chance: Math.random }, { money: true });
`;
const TELL = `
  process.stdout.write(JSON.stringify({ ms: performance.now() - start, mb: process.memoryUsage().rss / 1e6 }));
  process.exit(0);
`;

type Measured = { readonly ms: number; readonly mb: number };
const run = (script: string): Measured =>
  JSON.parse(
    execFileSync(NODE, ['--input-type=module', '--eval', script + TELL], {
      cwd: ROOT,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    }),
  ) as Measured;
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe('loading one exchange', () => {
  // A figure of a busy machine is no reason to fail; what is loaded is the same on every machine.
  it('is printed beside loading all of them, and needs less memory', () => {
    const rounds = Array.from({ length: ROUNDS }, () => ({ full: run(FULL), one: run(ONE) }));
    const [full, one] = [median(rounds.map((round) => round.full.ms)), median(rounds.map((round) => round.one.ms))];
    const [fullMb, oneMb] = [median(rounds.map((r) => r.full.mb)), median(rounds.map((r) => r.one.mb))];
    console.log(
      `binance ready: ${one.toFixed(0)} ms and ${oneMb.toFixed(0)} MB; all of ccxt imported and binance constructed: ` +
        `${full.toFixed(0)} ms and ${fullMb.toFixed(0)} MB; ratio ${(one / full).toFixed(2)} (goal 0.5, n=${ROUNDS} each, in turn)`,
    );
    expect(oneMb).toBeLessThan(fullMb);
  });
});
