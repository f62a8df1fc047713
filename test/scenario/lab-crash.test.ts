import { afterAll, describe, expect, it } from 'vitest';
import { killStarted, startScript, untilLines } from '../support/child.ts';
import { askSearch, openTestLab, trialsOf } from '../support/lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

const BUDGET = 60;
const folder = tempFolder('mt-lab-crash');
const other = tempFolder('mt-lab-calm');
afterAll(() => {
  killStarted();
  folder.remove();
  other.remove();
});

const ask = () => askSearch({ method: 'random', space: [], budget: BUDGET });

describe('a search whose process is killed', () => {
  it('loses no finished run through three kills, runs only what is missing, and ends with the result of a calm one', async () => {
    let acknowledged = 0;
    for (const more of [5, 9, 14]) {
      const run = startScript('search-until-killed.ts', [folder.path, String(BUDGET)]);
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
      await close();
    }
    const resumed = openTestLab(folder.path);
    const known = resumed.store.results(resumed.lab.list(1).studies[0]?.id ?? '').length;
    expect(known).toBeLessThan(BUDGET);
    const { id } = await resumed.lab.search(ask());
    const whole = await resumed.lab.wait(id);
    expect(trialsOf(resumed.tasks)).toHaveLength(BUDGET - known);
    expect(whole).toMatchObject({ state: 'completed', done: BUDGET });
    expect(resumed.lab.list(10).studies).toHaveLength(1);
    await resumed.close();

    const calm = openTestLab(other.path);
    expect((await calm.lab.wait((await calm.lab.search(ask())).id)).resultHash).toBe(whole.resultHash);
    await calm.close();
  });
});
