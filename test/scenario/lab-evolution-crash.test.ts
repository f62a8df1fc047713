import { afterAll, describe, expect, it } from 'vitest';
import { killStarted, startScript, untilLines } from '../support/child.ts';
import { askEvolution, writeSwings } from '../support/evolution-markets.ts';
import { openTestLab } from '../support/lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-evolution-crash');
const other = tempFolder('mt-evolution-calm');
afterAll(() => {
  killStarted();
  folder.remove();
  other.remove();
});

describe('an evolution whose process is killed', () => {
  it('loses no finished run through two kills, breeds the same children again, and ends with the result of a calm one', async () => {
    const path = writeSwings(folder.path, 8, 600);
    const ask = askEvolution(path, { population: 6, generations: 4 });
    let acknowledged = 0;
    for (const more of [8, 12]) {
      const run = startScript('evolve-until-killed.ts', [folder.path, path]);
      // The first lines of an attempt tell again what was finished before.
      await untilLines(run, acknowledged + more);
      run.child.kill('SIGKILL');
      const { signal, stdout, stderr } = await run.finished;
      expect(signal, stderr).toBe('SIGKILL');
      acknowledged = Math.max(...stdout.split('\n').slice(0, -1).map(Number));
      const { lab, store, close } = openTestLab(folder.path);
      const [study] = lab.list(1).studies;
      expect(study?.state).toBe('interrupted');
      expect(store.results(study?.id ?? '').length).toBeGreaterThanOrEqual(acknowledged);
      expect(lab.show(study?.id ?? '')).toMatchObject({ kind: 'evolution', verdict: null });
      await close();
    }
    const resumed = openTestLab(folder.path);
    const [interrupted] = resumed.lab.list(1).studies;
    const known = resumed.store.results(interrupted?.id ?? '').length;
    const { id } = await resumed.lab.resume(interrupted?.id ?? '');
    const whole = await resumed.lab.wait(id);
    // Two times 24 configurations and the proof of the best.
    expect(resumed.tasks.filter(({ kind }) => kind === 'windows')).toHaveLength(49 - known);
    const lineage = resumed.lab.lineage(id);
    await resumed.close();

    const calm = openTestLab(other.path);
    const study = await calm.lab.wait((await calm.lab.evolve(ask)).id);
    expect(study).toMatchObject({ state: 'completed', id });
    expect({ ...whole, elapsedMs: 0, workers: 0 }).toEqual({ ...study, elapsedMs: 0, workers: 0 });
    expect(calm.lab.lineage(id)).toEqual(lineage);
    await calm.close();
  });
});
