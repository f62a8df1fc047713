import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '#core/kernel/fault.ts';
import type { LabStudyView } from '#shared/contract/lab-views.ts';
import {
  askBacktest,
  askSearch,
  askWalkForward,
  FAILING_WORKER,
  openTestLab,
  type TestLab,
  trialsOf,
} from '../support/lab.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = tempFolder('mt-lab');
let open: TestLab[] = [];
beforeEach(() => {
  folder = tempFolder('mt-lab');
  open = [];
});
afterEach(async () => {
  for (const lab of open) await lab.close();
  folder.remove();
});
const labOf = (options?: Parameters<typeof openTestLab>[1], path = folder.path): TestLab => {
  const lab = openTestLab(path, options);
  open.push(lab);
  return lab;
};
const closed = async (lab: TestLab): Promise<void> => {
  open = open.filter((one) => one !== lab);
  await lab.close();
};
const faultOf = async (work: Promise<unknown>): Promise<Fault> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof Fault) return error;
  throw new Error(`expected a refusal, got ${String(error)}`);
};
const walk = (view: LabStudyView): Extract<LabStudyView, { kind: 'walk-forward' }> => {
  if (view.kind === 'walk-forward') return view;
  throw new Error('not a walk-forward');
};

describe('a search on real threads', () => {
  it('answers the same with one thread and with two, and the same again without running anything', async () => {
    const two = labOf();
    const { id } = await two.lab.search(askSearch({ workers: 2 }));
    const first = await two.lab.wait(id);
    expect(first).toMatchObject({ state: 'completed', planned: 12, done: 12, failed: 0, workers: 2 });
    expect(trialsOf(two.tasks)).toHaveLength(12);

    const again = await two.lab.search(askSearch({ workers: 1 }));
    expect(again).toEqual({ id, state: 'completed', planned: 12, known: 12 });
    expect(trialsOf(two.tasks)).toHaveLength(12);

    const other = tempFolder('mt-lab-one');
    const one = labOf({}, other.path);
    const single = await one.lab.wait((await one.lab.search(askSearch({ workers: 1 }))).id);
    expect(single.id).toBe(id);
    expect(single.resultHash).toMatch(/^[0-9a-f]{64}$/);
    expect(single.resultHash).toBe(first.resultHash);
    expect(single.trials).toEqual(first.trials);
    await closed(one);
    other.remove();
  });

  it('searches adaptively by the seed alone, not by the number of threads', async () => {
    const ask = (workers: number) =>
      askSearch({
        method: 'adaptive',
        budget: 24,
        workers,
        space: [
          { name: 'fast', from: 2, to: 40 },
          { name: 'slow', from: 50, to: 200 },
        ],
      });
    const two = labOf();
    const first = await two.lab.wait((await two.lab.search(ask(2))).id);
    const other = tempFolder('mt-lab-one');
    const one = labOf({}, other.path);
    const single = await one.lab.wait((await one.lab.search(ask(1))).id);
    expect(single.resultHash).toBe(first.resultHash);
    expect(first.done).toBe(24);
    await closed(one);
    other.remove();
  });

  it('gives each configuration the equity of a back-test of its own, digit for digit', async () => {
    const { lab } = labOf();
    const study = await lab.wait((await lab.search(askSearch())).id);
    for (const { params, finalEquity, trades, runHash } of study.trials.slice(0, 3)) {
      const run = await lab.backtest(askBacktest({ params }));
      expect({ finalEquity: run.finalEquity, trades: run.trades, runHash: run.runHash }).toEqual({
        finalEquity,
        trades,
        runHash,
      });
    }
  });

  it('counts each configuration once for its candles, whoever tried it, and judges by that count', async () => {
    const { lab } = labOf();
    const run = await lab.backtest(askBacktest({ params: { fast: 20, slow: 50 } }));
    expect(run.tried).toBe(1);
    // 20/50 is one of the twelve; the same on a part of the candles is no new idea.
    await lab.backtest(askBacktest({ params: { fast: 20, slow: 50 }, to: run.to - 500 * 3_600_000 }));
    const study = await lab.wait((await lab.search(askSearch())).id);
    expect(study.significance?.tried).toBe(12);
    const third = await lab.backtest(askBacktest({ params: { fast: 7, slow: 44 } }));
    expect(third.tried).toBe(13);
    // Other candles are another matter.
    const elsewhere = await lab.backtest(askBacktest({ market: { kind: 'generator', seed: 12, candles: 4000 } }));
    expect(elsewhere.tried).toBe(1);
    // The more was tried, the less the same figure is worth.
    const first = await lab.backtest(askBacktest({ params: { fast: 20, slow: 50 } }));
    const [alone, among] = [run.metrics['deflatedSharpe'], first.metrics['deflatedSharpe']];
    if (alone === undefined || among === undefined || !('value' in alone) || !('value' in among))
      throw new Error('no figure');
    expect(among.value).toBeLessThan(alone.value);
  });

  it('is canceled in the middle, keeps what is finished, and runs only the rest when resumed', async () => {
    let canceled: string | undefined;
    const ask = askSearch({ workers: 2 });
    const first: TestLab = labOf({
      onTold: ({ id, done, state }) => {
        if (done < 4 || state !== 'running' || canceled !== undefined) return;
        canceled = id;
        first.lab.cancel(id);
      },
    });
    const { id } = await first.lab.search(ask);
    const stopped = await first.lab.wait(id);
    expect(stopped.state).toBe('canceled');
    expect(stopped.resultHash).toBeNull();
    const kept = first.store.results(id).length;
    expect(kept).toBeGreaterThanOrEqual(4);
    expect(kept).toBeLessThan(12);
    expect(stopped.trials).toHaveLength(kept);
    await closed(first);

    const second = labOf();
    const resumed = await second.lab.resume(id);
    expect(resumed).toMatchObject({ id, state: 'running', known: kept });
    const whole = await second.lab.wait(id);
    expect(trialsOf(second.tasks)).toHaveLength(12 - kept);
    expect(whole).toMatchObject({ state: 'completed', done: 12 });

    const other = tempFolder('mt-lab-whole');
    const fresh = labOf({}, other.path);
    expect((await fresh.lab.wait((await fresh.lab.search(ask)).id)).resultHash).toBe(whole.resultHash);
    await closed(fresh);
    other.remove();
  });

  it('refuses a second study while one runs, and what it was given to search before it reads a candle', async () => {
    const { lab, tasks } = labOf();
    const none = { space: [{ name: 'speed' }] };
    expect(await faultOf(lab.search(askSearch(none)))).toMatchObject({
      code: 'usage',
      message: 'sma-cross has no parameter "speed"',
    });
    expect(await faultOf(lab.search(askSearch({ strategy: 'magic' })))).toMatchObject({ code: 'usage' });
    expect(await faultOf(lab.search(askSearch({ cash: '-5' })))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('-5'),
    });
    expect(await faultOf(lab.search(askSearch({ feeBps: '-1' })))).toMatchObject({ code: 'usage' });
    expect(tasks).toEqual([]);
    const { id } = await lab.search(askSearch());
    expect(await faultOf(lab.search(askSearch({ seed: 9 })))).toMatchObject({
      code: 'refused',
      message: expect.stringContaining(id),
    });
    expect(lab.cancel(id)).toBe(true);
    await lab.wait(id);
    expect(lab.cancel(id)).toBe(false);
  });
});

describe('a strategy that misbehaves', () => {
  it.each([
    [5, 'the strategy lost its way'],
    [10, 'closed'],
  ])('marks the back-test failed with its cause and keeps nothing else (fast %i)', async (fast, why) => {
    const { lab, store } = labOf({ worker: FAILING_WORKER });
    const fills = join(folder.path, 'fills.csv');
    const fault = await faultOf(lab.backtest(askBacktest({ params: { fast, slow: 50 }, fills })));
    expect(fault.code).toBe('refused');
    expect(fault.message).toContain(why);
    expect(readdirSync(folder.path).filter((name) => name.startsWith('fills'))).toEqual([]);
    const [row] = lab.list(10).runs;
    expect(row).toMatchObject({
      status: 'failed',
      finalEquity: null,
      trades: 0,
      cause: { message: expect.stringContaining(why) },
    });
    expect(store.run(row?.id ?? '')).toMatchObject({ body: null, curve: null, trades: null });
    expect(() => lab.show(row?.id ?? '')).toThrow(why);
    expect(() => lab.curve(row?.id ?? '')).toThrow(why);
  });

  it('fails those configurations of a search, says so, and ranks the others', async () => {
    const { lab } = labOf({ worker: FAILING_WORKER });
    const study = await lab.wait((await lab.search(askSearch())).id);
    expect(study).toMatchObject({ state: 'completed', done: 12, failed: 6 });
    expect(study.trials.slice(0, 6).every(({ status, params }) => status === 'completed' && params['fast'] !== 5)).toBe(
      true,
    );
    expect(
      study.trials
        .slice(6)
        .every(({ status, score, cause }) => status === 'failed' && score === null && cause !== null),
    ).toBe(true);
    expect(study.significance?.tried).toBe(12);
  });

  it('fails a search in which every configuration failed', async () => {
    const { lab } = labOf({ worker: FAILING_WORKER });
    const ask = askSearch({ space: [{ name: 'fast', values: [5, 10] }], params: { slow: 50 } });
    const study = await lab.wait((await lab.search(ask)).id);
    expect(study).toMatchObject({ state: 'failed', failed: 2, cause: { code: 'strategy' } });
  });

  it('can be canceled when it never comes back', async () => {
    const lab: TestLab = labOf({ worker: FAILING_WORKER });
    const { id } = await lab.lab.search(
      askSearch({ space: [{ name: 'fast', values: [13] }], params: { slow: 50 }, workers: 1 }),
    );
    expect(lab.lab.cancel(id)).toBe(true);
    expect(await lab.lab.wait(id)).toMatchObject({ state: 'canceled', done: 0 });
  });
});

describe('a walk-forward', () => {
  it('tests on candles that its training and its purge do not touch, and keeps the holdout locked', async () => {
    const { lab, tasks } = labOf();
    const ask = askWalkForward();
    const view = walk(await lab.wait((await lab.walkForward(ask)).id));
    expect(view.state).toBe('completed');
    expect(view.folds).toHaveLength(3);
    const gap = (24 + 24) * 3_600_000;
    for (const { trainTo, testFrom, testTo } of view.folds) {
      expect(testFrom - trainTo).toBeGreaterThanOrEqual(gap);
      expect(testTo).toBeGreaterThan(testFrom);
    }
    for (const [i, fold] of view.folds.entries()) if (i > 0) expect(fold.testFrom).toBe(view.folds[i - 1]?.testTo);
    expect(view.holdout).toMatchObject({ state: 'locked', metrics: null, openedAt: null });
    const holdoutFrom = view.holdout?.from ?? 0;
    expect(holdoutFrom - (view.folds.at(-1)?.testTo ?? 0)).toBeGreaterThanOrEqual(gap);
    // The warm-up is in no figure: a test is measured over its own candles, and all tests over their whole days.
    for (const { testFrom, testTo, testReturn } of view.folds)
      expect(testReturn).toMatchObject({ n: (testTo - testFrom) / 3_600_000 });
    const days = (from: number, to: number): number => Math.floor(to / 86_400_000) - Math.ceil(from / 86_400_000);
    const tested = view.folds.reduce((sum, { testFrom, testTo }) => sum + days(testFrom, testTo), 0);
    expect(view.outOfSample?.['totalReturn']).toMatchObject({ n: tested });
    // No run was handed a candle of the holdout.
    const trials = trialsOf(tasks);
    expect(trials.length).toBe(12 * 4 + 3);
    for (const { period } of trials) expect(period.to).toBeLessThanOrEqual(holdoutFrom - gap);
    // A test sees earlier candles only to warm its indicators up, and is measured from its own first candle on.
    const tests = trials.filter(({ measureFrom }) => measureFrom !== undefined);
    expect(tests.map(({ measureFrom }) => measureFrom)).toEqual(view.folds.map(({ testFrom }) => testFrom));
    for (const { period, measureFrom, params } of tests)
      expect((measureFrom ?? 0) - (period.from ?? 0)).toBe((params['slow'] ?? 0) * 3_600_000);
  });

  it('chooses in training alone: later candles change no earlier choice', async () => {
    const { lab } = labOf();
    const short = askWalkForward({ kind: 'anchored', folds: 1, holdout: 0 });
    const view = walk(await lab.wait((await lab.walkForward(short)).id));
    const [fold] = view.folds;
    if (fold === undefined) throw new Error('no fold');
    const trained = await lab.wait((await lab.search(askSearch({ from: fold.trainFrom, to: fold.trainTo }))).id);
    expect(fold.params).toEqual(trained.trials[0]?.params);
    expect(fold.trainScore).toBe(trained.trials[0]?.score);
  });

  it('opens the holdout once for its candles, writes the opening down first, and refuses it to every other study', async () => {
    const first = labOf();
    const { id } = await first.lab.walkForward(askWalkForward());
    expect(await faultOf(first.lab.openHoldout(id))).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('running'),
    });
    const before = walk(await first.lab.wait(id));
    const opened = walk(await first.lab.openHoldout(id));
    expect(opened.holdout).toMatchObject({ state: 'opened', params: before.holdout?.params, seenBefore: 0 });
    expect(opened.holdout?.metrics?.['totalReturn']).toHaveProperty('value');
    expect(await faultOf(first.lab.openHoldout(id))).toMatchObject({
      code: 'refused',
      message: expect.stringContaining('was opened on'),
    });
    const other = await first.lab.walkForward(askWalkForward({ objective: 'return' }));
    await first.lab.wait(other.id);
    expect(await faultOf(first.lab.openHoldout(other.id))).toMatchObject({ code: 'refused' });
    await closed(first);
    const later = labOf();
    expect(walk(later.lab.show(id) as LabStudyView).holdout?.state).toBe('opened');
    expect(later.store.holdouts()).toHaveLength(1);
  });

  it('refuses adaptive search, too few candles and a search as a holdout', async () => {
    const { lab } = labOf();
    expect(await faultOf(lab.walkForward(askWalkForward({ method: 'adaptive' })))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('adaptively'),
    });
    expect(await faultOf(lab.walkForward(askWalkForward({ purge: 5000 })))).toMatchObject({
      code: 'usage',
      message: expect.stringContaining('too few'),
    });
    const { id } = await lab.search(askSearch());
    await lab.wait(id);
    expect(await faultOf(lab.openHoldout(id))).toMatchObject({ code: 'usage' });
    expect(await faultOf(lab.openHoldout('W-000000000000'))).toMatchObject({ code: 'not_found' });
  });
});

describe('what the lab keeps', () => {
  it('shows, compares and exports a run after the program was closed', async () => {
    const first = labOf();
    const a = await first.lab.backtest(askBacktest());
    const b = await first.lab.backtest(askBacktest({ params: { fast: 10 }, feeBps: '5' }));
    await closed(first);
    const { lab } = labOf();
    expect(lab.show(a.id)).toEqual(a);
    const curve = lab.curve(a.id);
    expect(curve.equity.at(-1)).toBeCloseTo(Number(a.finalEquity), 6);
    expect(curve.time).toHaveLength(4000);
    const compared = lab.compare([a.id, b.id]);
    expect(compared.runs.map(({ id }) => id)).toEqual([a.id, b.id]);
    expect(compared.notes).toEqual(['The fees differ.']);
    const [html, csv] = [join(folder.path, 'r.html'), join(folder.path, 'r.csv')];
    const { files } = lab.export({ id: a.id, html, csv });
    expect(files.map(({ path }) => path)).toEqual([
      html,
      csv,
      join(folder.path, 'r.trades.csv'),
      join(folder.path, 'r.equity.csv'),
    ]);
    for (const { path, bytes } of files) expect(readFileSync(path).length).toBe(bytes);
    expect(readFileSync(html, 'utf8')).toContain(a.runHash);
    expect(readFileSync(html, 'utf8')).not.toMatch(/<script|https?:\/\//);
    expect(readFileSync(join(folder.path, 'r.trades.csv'), 'utf8').trim().split('\n')).toHaveLength(a.trades + 1);
  });

  it('names an unwritable file and leaves what was there', async () => {
    const { lab } = labOf();
    const { id } = await lab.backtest(askBacktest());
    const html = join(folder.path, 'kept.html');
    writeFileSync(html, 'mine');
    const nowhere = join(folder.path, 'no-such-folder', 'r.csv');
    expect(() => lab.export({ id, html, csv: nowhere })).toThrow(/no-such-folder\/r.csv cannot be written: its folder/);
    expect(readFileSync(html, 'utf8')).toBe('mine');
    expect(() => lab.export({ id, html: folder.path })).toThrow(/it is a folder/);
    expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(await faultOf(lab.backtest(askBacktest({ fills: nowhere })))).toMatchObject({ code: 'storage' });
    expect(existsSync(nowhere)).toBe(false);
    expect(() => lab.show('B-ffffffffffff')).toThrow(/nothing in the lab/);
  });

  it('writes every fill with its exact price, quantity and fee', async () => {
    const { lab } = labOf();
    const fills = join(folder.path, 'fills.csv');
    const run = await lab.backtest(askBacktest({ fills }));
    const [head, ...rows] = readFileSync(fills, 'utf8').trim().split('\n');
    expect(head).toBe('timestamp,order,side,price,quantity,fee,liquidity');
    expect(rows).toHaveLength(run.fills);
    // 10 bps of each price, added up without rounding, is what the run says it paid.
    const units = (text: string): bigint => {
      const [whole = '0', fraction = ''] = text.split('.');
      return BigInt(whole + fraction.padEnd(12, '0'));
    };
    let fees = 0n;
    for (const row of rows) {
      const [, , , price = '', quantity, fee = ''] = row.split(',');
      expect(quantity).toBe('1');
      expect(units(fee) * 1000n).toBe(units(price));
      fees += units(fee);
    }
    expect(fees).toBe(units(run.costs.fees));
  });
});
