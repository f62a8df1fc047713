import { playCase } from '../support/freshness-cases.ts';
import type { Proof } from './types.ts';

const CONTROL_CASES = 500;

/** Stale data, clocks that jump by a millisecond or by hours, gaps in the sequence: no order while one of them is so. */
export const r12: Proof = {
  id: 'R12',
  title: 'no order while data or clocks are not to be trusted',
  async run({ size, seed }) {
    const cases = size === 'ci' ? 10_000 : 200_000;
    const happened = new Map<string, number>();
    let asked = 0;
    let sent = 0;
    let wrong = 0;
    let example = '';
    for (let i = 0; i < cases; i++) {
      const result = playCase(seed * 10_000_000 + i);
      asked += result.asked;
      sent += result.sent;
      wrong += result.wrong.length;
      example ||= result.wrong[0] ?? '';
      for (const [name, count] of Object.entries(result.happened))
        happened.set(name, (happened.get(name) ?? 0) + count);
    }
    let seen = 0;
    for (let i = 0; i < CONTROL_CASES; i++) seen += playCase(seed * 10_000_000 + i, true).wrong.length;
    const rarest = Math.min(...happened.values());
    return {
      kind: 'ran',
      rows: [
        {
          what: `orders while something was not fresh, seed ${seed}`,
          goal: '0',
          measured: `${wrong}${example === '' ? '' : `; first: ${example}`}`,
          n: cases,
          kind: 'goal',
          met: wrong === 0,
        },
        {
          what: 'orders while everything was fresh, of all that were asked for',
          goal: 'at least a tenth',
          measured: `${sent} of ${asked}`,
          n: cases,
          kind: 'goal',
          met: sent >= asked / 10,
        },
        {
          what: `kinds of events that happened (the rarest ${rarest} times)`,
          goal: '14',
          measured: String(happened.size),
          n: cases,
          kind: 'goal',
          met: happened.size === 14 && rarest > 100,
        },
        {
          what: 'control: without the guard of the clocks orders get through',
          goal: 'noticed',
          measured: `${seen} orders`,
          n: CONTROL_CASES,
          kind: 'control',
          met: seen > 0,
        },
      ],
    };
  },
};
