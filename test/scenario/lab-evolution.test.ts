import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { INTERVAL_MS } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import { askEvolution, writeRandomWalk, writeSwings } from '../support/evolution-markets.ts';
import { openTestLab, type TestLab } from '../support/lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const DAY = INTERVAL_MS['1d'];
let folder = tempFolder('mt-evolution');
let open: TestLab[] = [];
beforeEach(() => {
  folder = tempFolder('mt-evolution');
  open = [];
});
afterEach(async () => {
  for (const lab of open) await lab.close();
  folder.remove();
});
const labOf = (options?: Parameters<typeof openTestLab>[1]): TestLab => {
  const lab = openTestLab(folder.path, options);
  open.push(lab);
  return lab;
};
type Evolution = Extract<LabStudyView, { readonly kind: 'evolution' }>;
async function evolved({ lab }: TestLab, request: ReturnType<typeof askEvolution>): Promise<Evolution> {
  const study = await lab.wait((await lab.evolve(request)).id);
  if (study.kind !== 'evolution') throw new Error('not an evolution');
  expect(study.cause).toBeNull();
  return study;
}
const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return 'nothing was refused';
};

describe('an evolution on real threads', () => {
  it('breeds in windows before the proof, plays nothing of the holdout, counts everything, and answers the same with one thread', async () => {
    const path = writeSwings(folder.path, 1, 700);
    const two = labOf();
    const study = await evolved(two, askEvolution(path, { families: ['trend-following', 'reversal'], workers: 2 }));
    expect(study).toMatchObject({ state: 'completed', strategy: 'trend-following+reversal', failed: 0 });
    expect(study.generations.map(({ tried }) => tried)).toEqual([4, 4, 4]);
    expect(study.control?.tried).toBe(12);
    const { windows, proof, holdout } = study;
    if (proof === null || holdout === null) throw new Error('no proof');
    expect(windows).toHaveLength(3);
    expect(proof.from - (windows.at(-1)?.to ?? 0)).toBe(10 * DAY);
    expect(holdout.from - proof.to).toBe(10 * DAY);
    expect(holdout.to - holdout.from).toBe(140 * DAY);
    for (const task of two.tasks)
      if (task.kind === 'windows')
        for (const { period } of task.windows) expect(period.to).toBeLessThanOrEqual(proof.to);
    expect(two.store.holdouts()).toEqual([]);
    // Only the best was ever played on the proof.
    const late = two.tasks.filter(
      (task) => task.kind === 'windows' && task.windows.some(({ period }) => (period.to ?? 0) > proof.from),
    );
    expect(late).toHaveLength(1);
    const counted = ['trend-following', 'reversal'].flatMap((name) => two.store.configurations(study.dataHash, name));
    expect(study.significance?.tried).toBe(counted.length);
    expect(counted.length).toBeGreaterThanOrEqual(23);
    expect(counted.length).toBeLessThanOrEqual(24);
    expect(await codeOf(() => two.lab.openHoldout(study.id))).toBe('refused');

    const other = tempFolder('mt-evolution-one');
    const one = openTestLab(other.path);
    const single = await evolved(one, askEvolution(path, { families: ['trend-following', 'reversal'], workers: 1 }));
    expect(single.id).toBe(study.id);
    expect(single.resultHash).toBe(study.resultHash);
    expect(single.best).toEqual(study.best);
    await one.close();
    other.remove();
  });

  it('is canceled, resumed with only what is missing, and ends as if it had never stopped', async () => {
    const path = writeSwings(folder.path, 2, 600);
    const ask = askEvolution(path, { workers: 1 });
    let canceled = false;
    const first: TestLab = labOf({
      onTold: ({ id, done, state }) => {
        if (canceled || state !== 'running' || done < 6) return;
        canceled = true;
        first.lab.cancel(id);
      },
    });
    const { id } = await first.lab.evolve(ask);
    const stopped = await first.lab.wait(id);
    expect(stopped).toMatchObject({ kind: 'evolution', state: 'canceled', resultHash: null });
    const known = first.store.results(id).length;
    const before = first.tasks.length;
    await first.lab.resume(id);
    const whole = await first.lab.wait(id);
    expect(whole).toMatchObject({ state: 'completed' });
    expect(first.tasks.slice(before).filter(({ kind }) => kind === 'windows')).toHaveLength(25 - known);

    const other = tempFolder('mt-evolution-calm');
    const calm = openTestLab(other.path);
    const study = await evolved(calm, ask);
    expect(study.resultHash).toBe(whole.resultHash);
    expect(study.verdict).toEqual(whole.kind === 'evolution' ? whole.verdict : null);
    await calm.close();
    other.remove();
  });

  it('tells a lineage without orphans and the same agent each time, and writes a page and a table', async () => {
    const path = writeSwings(folder.path, 3, 600);
    const lab = labOf();
    const study = await evolved(lab, askEvolution(path, { population: 5, generations: 4 }));
    const all = lab.lab.lineage(study.id);
    expect(all.genomes).toHaveLength(20);
    const ids = new Set(all.genomes.map(({ id }) => id));
    expect(all.genomes.flatMap(({ parents }) => parents).filter((id) => !ids.has(id))).toEqual([]);
    const child = all.genomes.findLast(({ parents }) => parents.length > 0);
    if (child === undefined) throw new Error('no child was bred');
    const own = lab.lab.lineage(child.id);
    expect(own.genomes.map(({ id }) => id)).toEqual(expect.arrayContaining([child.id, ...child.parents]));
    expect(own.agentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(lab.lab.lineage(child.id)).toEqual(own);
    expect(await codeOf(() => lab.lab.lineage('G-000000000000'))).toBe('not_found');
    const [html, csv] = [join(folder.path, 'e.html'), join(folder.path, 'e.csv')];
    lab.lab.export({ id: study.id, html, csv });
    const page = readFileSync(html, 'utf8');
    // A page of a hundred lines is no message: the missing words are.
    const missing = [
      'Evolution',
      'Generations',
      'Even draws',
      'Proof',
      study.best?.id ?? 'none',
      study.verdict?.standing ?? 'none',
    ].filter((words) => !page.includes(words));
    expect(missing).toEqual([]);
    expect(/<script|https?:/.test(page)).toBe(false);
    expect(readFileSync(csv, 'utf8').split('\n')).toHaveLength(22);
  });
});

describe('what an evolution finds', () => {
  it('promotes nothing on random walks', async () => {
    const lab = labOf();
    const standings: string[] = [];
    for (let seed = 0; seed < 6; seed++) {
      const path = writeRandomWalk(folder.path, seed, 700);
      const study = await evolved(
        lab,
        askEvolution(path, { seed, generations: 2, families: ['trend-following', 'mean-reversion'] }),
      );
      standings.push(study.verdict?.standing ?? 'nothing traded');
    }
    console.log(`random walks: ${standings.join(', ')}`);
    expect(standings).not.toContain('candidate for paper');
  }, 300_000);

  it('finds the planted swings, promotes what it bred for paper, lets it fall when the swings end, and keeps the record', async () => {
    const lab = labOf();
    const path = writeSwings(folder.path, 4, 1400);
    const study = await evolved(lab, askEvolution(path, { population: 6, generations: 4, seed: 3 }));
    const { best, verdict } = study;
    if (best === null) throw new Error('nothing was bred');
    console.log(
      `planted swings: ${JSON.stringify({ verdict, params: best.params, fitness: best.fitness, even: study.control?.best })}`,
    );
    expect(verdict?.standing).toBe('candidate for paper');
    // The swings last thirty days: a slow average of more than two swings sees none of them.
    expect(best.params['slowLength']).toBeLessThan(60);

    // Later candles on which the swings go on, and others on which nothing is to be found any more.
    const goesOn = writeSwings(folder.path, 4, 1700);
    const kept = await lab.lab.review({ id: best.id, market: { kind: 'file', path: goesOn } });
    expect(kept).toMatchObject({ decision: 'keep', demoted: false });
    const ended = writeSwings(folder.path, 4, 1700, 1400);
    const fallen = await lab.lab.review({ id: best.id, market: { kind: 'file', path: ended } });
    console.log(`review: ${JSON.stringify({ kept, fallen })}`);
    expect(fallen).toMatchObject({ decision: 'demote', demoted: true });
    const { decisions } = lab.lab.lineage(best.id);
    expect(decisions.map(({ decision }) => decision)).toEqual(['promoted', 'kept', 'demoted']);
    for (const { reasons } of decisions) expect(reasons.length).toBeGreaterThan(0);
    // Who was never promoted has no promotion to lose, and candles that end with the study tell nothing.
    const other = lab.lab.lineage(study.id).genomes.find(({ id }) => id !== best.id);
    expect(await codeOf(() => lab.lab.review({ id: other?.id ?? '', market: { kind: 'file', path: ended } }))).toBe(
      'refused',
    );
    expect(await codeOf(() => lab.lab.review({ id: best.id, market: { kind: 'file', path } }))).toBe('usage');
  }, 300_000);
});
