import { loadavg } from 'node:os';
import { tradeQuietly, tradeWhileKilled } from '../support/model-kills.ts';
import { modelFile, sharedPresent } from '../support/shared-material.ts';
import type { Proof } from './types.ts';

const BACK_MS = 10_000;

const differing = (a: readonly string[], b: readonly string[]): number =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, at) => a[at] !== b[at]).filter(Boolean).length;

/** The model's process dies of a bad pointer, of an abort as without memory, of SIGKILL, or hangs, while orders are handled beside it. */
export const l4: Proof = {
  id: 'L4',
  title: 'orders while the process of the model dies or hangs',
  async run({ size, say }) {
    if (!sharedPresent) return { kind: 'not run', why: 'no model for tests is at hand (../shared absent)' };
    const rounds = size === 'ci' ? 20 : 500;
    const quiet = await tradeQuietly(rounds);
    say(`${quiet.length} records of ${rounds} rounds without a model`);
    const disturbed = await tradeWhileKilled(rounds, modelFile('minimind2-small-q8_0.gguf'), say);
    const effects = differing(quiet, disturbed.story);
    const spoilt = differing(quiet, await tradeQuietly(rounds, rounds - 1));
    const longestBack = Math.max(...disturbed.backMs);
    return {
      kind: 'ran',
      rows: [
        {
          what: `records of orders, risk and ledger that differ from the same orders without a model (${quiet.length} records)`,
          goal: '0',
          measured: String(effects),
          n: rounds,
          kind: 'goal',
          met: effects === 0 && quiet.length >= rounds * 4,
        },
        {
          what: 'processes that ended or hung before they had answered',
          goal: 'at least nine tenths',
          measured: String(disturbed.deaths),
          n: rounds,
          kind: 'goal',
          met: disturbed.deaths >= rounds * 0.9,
        },
        {
          what: 'from the kill to the next answer of the model, longest (a hang is noticed after 3 s)',
          goal: 'under 10 s',
          measured: `${(longestBack / 1000).toFixed(1)} s at a machine load of ${(loadavg()[0] ?? 0).toFixed(1)}`,
          n: rounds,
          kind: 'clock',
          met: longestBack < BACK_MS,
        },
        {
          what: 'a purchase and its sale while the process dies, longest',
          goal: 'told',
          measured: `${Math.max(...disturbed.orderMs).toFixed(0)} ms`,
          n: rounds,
          kind: 'figure',
          met: true,
        },
        {
          what: 'control: one order of another size',
          goal: 'noticed',
          measured: `${spoilt} records differ`,
          n: 1,
          kind: 'control',
          met: spoilt > 0,
        },
      ],
    };
  },
};
