import { join } from 'node:path';
import { createRng } from '#core/kernel/rng.ts';
import { memoryFolder } from '../support/memory-folder.ts';
import { cutOff, promised, recordImages, startAfter, tornTail } from '../support/power-loss.ts';
import type { Proof, ProofContext, ProofOutcome } from './types.ts';

/**
 * Power cuts, as images: the files of a running journal, its log cut at any byte or torn in its last sectors. What was acknowledged while
 * the log reached no further than its intact part must be there.
 */
export const r3: Proof = {
  id: 'R3',
  title: 'a power cut costs no acknowledged record',
  async run(context) {
    const copies = memoryFolder('mt-proof-R3');
    try {
      return await cutPower(context, copies.path);
    } finally {
      copies.remove();
    }
  },
};

async function cutPower({ size, seed, scratch, say }: ProofContext, copies: string): Promise<ProofOutcome> {
  const factor = size === 'ci' ? 1 : 10;
  const [cuts, tears] = [700 * factor, 300 * factor];
  const { images, hashes } = recordImages(join(scratch, 'source'), 420 * Math.min(factor, 4), 24, seed);
  say(`${images.length} images of a journal that reached ${hashes.length} records`);
  const rng = createRng(seed);
  const folder = join(copies, 'image');
  const bad = { integrity: [] as string[], prefix: 0, lost: 0 };
  let [early, least, most] = [0, Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < cuts + tears; i++) {
    const image = images[i % images.length];
    if (image === undefined) throw new TypeError('no image was taken');
    const loss = i < cuts ? cutOff(image, rng) : tornTail(image, rng);
    const owed = promised(image, loss.intact);
    const head = i % 3 === 0 ? owed : i % 3 === 1 ? Math.max(0, owed - rng.integer(20)) : 0;
    const after = startAfter(folder, image, loss, hashes, head);
    if (!after.intact) bad.integrity.push(after.why);
    if (!after.prefix) bad.prefix += 1;
    if (after.records < owed) bad.lost += 1;
    // The planted bug: a journal that acknowledges before its log is on the disk promises one commit too much.
    const hasty = image.acknowledged.map(({ end }, n, all) => ({ end, seq: all[n + 1]?.seq ?? all[n]?.seq ?? 0 }));
    if (after.records < promised(image, loss.intact, hasty)) early += 1;
    [least, most] = [Math.min(least, after.records), Math.max(most, after.records)];
  }
  const n = cuts + tears;
  const goal = (what: string, failures: number, more = '') =>
    ({ what, goal: '0', measured: `${failures}${more}`, n, kind: 'goal', met: failures === 0 }) as const;
  return {
    kind: 'ran',
    rows: [
      goal(
        `${cuts} cut and ${tears} torn logs: not intact, or accused`,
        bad.integrity.length,
        bad.integrity.length === 0 ? '' : `: ${bad.integrity[0]}`,
      ),
      goal('of these, records that are no beginning of what was written', bad.prefix),
      goal('of these, an acknowledged record lost', bad.lost),
      { what: 'records found', goal: '-', measured: `${least} to ${most}`, n, kind: 'figure', met: true },
      {
        what: 'acknowledging one commit before it is on the disk would have been seen',
        goal: 'more than 100',
        measured: String(early),
        n,
        kind: 'control',
        met: early > 100,
      },
    ],
  };
}
