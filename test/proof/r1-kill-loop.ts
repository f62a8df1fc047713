import { ccxtKillLoop } from '../support/protocol/ccxt-kill-loop.ts';
import { FAILPOINT_COUNT, killLoop } from '../support/protocol/kill-loop.ts';
import type { Mutant } from '../support/protocol/simulate.ts';
import type { Proof, ProofRow } from './types.ts';

const KILLS = { ci: 1_000, nightly: 10_000 } as const;
/** At arbitrary instants, through ccxt. */
const CCXT_KILLS = { ci: 200, nightly: 2_000 } as const;
const CCXT_WORKERS = 5;
const KILLS_EACH = 25;
/** A life mostly waits: for the disk, for the exchange, for an expiry. */
const WORKERS = 10;
/** A control ends as soon as its bug was seen; this is when it gives up. */
const CONTROL_KILLS = 600;
const MUTANTS: readonly Mutant[] = ['resend on unknown', 'first not-found means not placed'];
const FAULTS = 10;
/** What a planted bug has to show for itself: an order too many or too few, not only a symptom. */
const SEEN = /duplicated|lost|not placed/;

const named = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([name, count]) => `${name} ${count}`).join(', ');

/** Real engine processes with a real encrypted journal, killed at chosen places while they trade on an exchange that misbehaves. */
export const r1: Proof = {
  id: 'R1',
  title: 'no order lost, doubled or left unresolved over real SIGKILLs',
  async run({ size, seed, scratch, say }) {
    const real = await killLoop({
      kills: KILLS[size],
      killsEach: KILLS_EACH,
      workers: WORKERS,
      seed,
      scratch,
      mutant: 'none',
      say,
    });
    const rows: ProofRow[] = [
      {
        what: `accounts whose books differ from the exchange's: lost, duplicated, unresolved, holding bare; seed ${seed}`,
        goal: '0',
        measured: real.wrong.length === 0 ? `0 of ${real.accounts}` : real.wrong.slice(0, 5).join(' | '),
        n: real.kills,
        kind: 'goal',
        met: real.wrong.length === 0 && real.kills >= KILLS[size],
      },
      {
        what: 'journals whose chain is broken',
        goal: '0',
        measured: `${real.brokenChains} of ${real.accounts}, ${real.records} records`,
        n: real.records,
        kind: 'goal',
        met: real.brokenChains === 0,
      },
      {
        what: 'kinds of faults injected by the exchange, all of them',
        goal: `${FAULTS} kinds`,
        measured: named(real.faults),
        n: [...real.faults.values()].reduce((a, b) => a + b, 0),
        kind: 'goal',
        met: real.faults.size === FAULTS,
      },
      {
        what: 'places at which an engine died',
        goal: `at least ${FAILPOINT_COUNT}`,
        measured: named(real.places),
        n: real.kills,
        kind: 'goal',
        met: real.places.size >= FAILPOINT_COUNT,
      },
      {
        what: 'speed, and orders that reached the exchange',
        goal: 'none',
        measured: `${(real.kills / real.seconds).toFixed(1)} kills/s, ${real.orders} orders, ${real.lives} lives, ${WORKERS} workers`,
        n: real.kills,
        kind: 'figure',
        met: true,
      },
    ];
    for (const mutant of MUTANTS) {
      const planted = await killLoop({
        kills: CONTROL_KILLS,
        killsEach: 6,
        workers: WORKERS,
        seed,
        scratch,
        mutant,
        enough: 1,
      });
      rows.push({
        what: `control: ${mutant}`,
        goal: 'seen',
        measured: planted.wrong.find((text) => SEEN.test(text)) ?? 'not seen',
        n: planted.kills,
        kind: 'control',
        met: planted.wrong.some((text) => SEEN.test(text)),
      });
    }
    const ccxt = await ccxtKillLoop({
      kills: CCXT_KILLS[size],
      killsEach: 20,
      workers: CCXT_WORKERS,
      seed,
      scratch,
      say,
    });
    rows.push(
      {
        what: 'the same at arbitrary instants, through unmodified ccxt on a local binance: accounts that differ, broken chains',
        goal: '0',
        measured:
          ccxt.wrong.length === 0
            ? `0 of ${ccxt.accounts}, ${ccxt.brokenChains} chains, ${ccxt.orders} orders, ${ccxt.records} records`
            : ccxt.wrong.slice(0, 5).join(' | '),
        n: ccxt.kills,
        kind: 'goal',
        met: ccxt.wrong.length === 0 && ccxt.brokenChains === 0 && ccxt.kills >= CCXT_KILLS[size],
      },
      {
        what: 'faults between ccxt and the exchange',
        goal: 'none',
        measured: `${named(ccxt.faults)}; ${(ccxt.kills / ccxt.seconds).toFixed(1)} kills/s`,
        n: ccxt.kills,
        kind: 'figure',
        met: true,
      },
    );
    return { kind: 'ran', rows };
  },
};
