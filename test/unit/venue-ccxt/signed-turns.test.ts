import { expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { inLane } from '../../../src/adapters/venue-ccxt/call-context.ts';
import { createSignedTurns, type SignedTurns } from '../../../src/adapters/venue-ccxt/signed-turns.ts';

/** Requests by name: which were signed, and how to answer each. */
function venue(turns: SignedTurns) {
  const signed: string[] = [];
  const answers = new Map<string, () => void>();
  const request = (lane: 'cancel' | 'order' | 'reconcile', name: string): Promise<void> =>
    inLane(lane, () =>
      turns.run(async () => {
        await turns.beforeSigning();
        signed.push(name);
        await new Promise<void>((resolve) => answers.set(name, resolve));
      }),
    );
  return { signed, request, answer: (name: string) => answers.get(name)?.() };
}
const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('signs one after the other, what stops and protects before what only asks', async () => {
  const clock = new TestClock(unixMs(0));
  const { signed, request, answer } = venue(createSignedTurns(clock));
  const all = [
    request('reconcile', 'a'),
    request('reconcile', 'b'),
    request('order', 'stop'),
    request('cancel', 'kill'),
  ];
  await moment();
  expect(signed).toEqual(['a']);
  for (const name of ['a', 'kill', 'stop']) {
    answer(name);
    await moment();
  }
  expect(signed).toEqual(['a', 'kill', 'stop', 'b']);
  answer('b');
  await Promise.all(all);
});

it('lets the next one leave when a request hangs, and counts no turn twice', async () => {
  const clock = new TestClock(unixMs(0));
  const { signed, request, answer } = venue(createSignedTurns(clock));
  const all = [request('reconcile', 'hangs'), request('cancel', 'kill'), request('order', 'later')];
  await moment();
  clock.advanceTo(unixMs(250));
  await moment();
  expect(signed).toEqual(['hangs', 'kill']);
  // Its answer comes after its turn was over: the turn is another's now.
  answer('hangs');
  await moment();
  expect(signed).toEqual(['hangs', 'kill']);
  answer('kill');
  await moment();
  expect(signed).toEqual(['hangs', 'kill', 'later']);
  answer('later');
  await Promise.all(all);
});

it('makes nobody wait who signs nothing', async () => {
  const turns = createSignedTurns(new TestClock(unixMs(0)));
  await turns.beforeSigning();
  await turns.beforeSigning();
});
