import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { writeCandleFile } from '../support/candle-file.ts';
import { TAPE_START } from '../support/candle-tapes.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { scriptedModelFile, scriptedWorker } from '../support/scripted-worker.ts';
import { walkCandles } from '../support/snapshots.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-receipt');
let running: TestEngine | undefined;
afterEach(() => running?.close());
afterAll(() => folder.remove());

const ANSWER = '{"regime":"ranging","bias":"none","confidence":"0.5","evidence":["F05"]}';
const start = (options = {}) =>
  startTestEngine({
    model: scriptedModelFile(folder.path),
    forkWorker: () => scriptedWorker(() => ANSWER),
    ...options,
  });

describe('receipts in the journal', () => {
  it('are written before the judgement; shared texts are kept once, whatever is asked how often', async () => {
    running = await start();
    const first = await running.press({ seed: 29 });
    const again = await running.press({ seed: 3 });
    running = await running.reopen();
    await running.press({ seed: 7 });
    const records = await running.records();
    const typesOf = (cycle: number) => records.filter((record) => record.cycle === cycle).map(({ type }) => type);
    for (const { cycle } of [first, again]) {
      const types = typesOf(cycle);
      expect(types.indexOf('analyst.asked')).toBe(types.indexOf('analyst.assessed') - 1);
    }
    const texts = records.filter(({ type }) => type === 'text.kept').map(({ payload }) => JSON.parse(payload));
    expect(new Set(texts.map(({ hash }) => hash)).size).toBe(texts.length);
    const asked = records.filter(({ type }) => type === 'analyst.asked');
    expect(asked).toHaveLength(3);
    for (const { payload } of asked) {
      const { receipt } = JSON.parse(payload);
      for (const hash of [receipt.question.system, receipt.question.schema])
        expect(texts.map((text) => text.hash)).toContain(hash);
      expect(payload.length).toBeLessThan(6_000);
    }
  });

  it('leave the head of a run as it is, whether its texts were kept before or not', async () => {
    running = await start();
    const path = writeCandleFile(join(folder.path, 'walk.csv'), walkCandles(700, 5));
    const press = (engine: TestEngine) =>
      engine.press({ interval: '1h', market: { kind: 'file', path }, at: TAPE_START + 600 * 3_600_000, seed: 11 });
    const fresh = await press(running);
    const repeat = await press(running);
    expect(repeat.runId).toBe(fresh.runId);
    expect(repeat.journalHead).toBe(fresh.journalHead);
    expect((await running.engine.handlers['audit.verify']({})).ok).toBe(true);
  });
});

describe('mt replay and mt receipt, on a model that can be made to differ', () => {
  /** Answers by seed, so that a change of the seed changes the answer. */
  const bySeed = (hash?: string) => () =>
    scriptedWorker(({ seed }) => `${ANSWER}${' '.repeat(seed % 3)}`, hash === undefined ? {} : { hash });
  const replayOf = (engine: TestEngine, run: string, more = {}) =>
    engine.engine.handlers['receipts.replay']({ run, asToday: false, ...more });

  it('show the run by id, by the beginning of it and by its cycle, with every hash that joins it', async () => {
    running = await start();
    const view = await running.press({ seed: 29 });
    const { handlers } = running.engine;
    const receipt = await handlers['receipts.get']({ run: view.runId });
    expect(await handlers['receipts.get']({ run: view.runId.slice(0, 7) })).toEqual(receipt);
    expect(await handlers['receipts.get']({ run: view.runId.slice(2, 9).toUpperCase() })).toEqual(receipt);
    expect(await handlers['receipts.get']({ run: String(view.cycle) })).toEqual(receipt);
    const records = await running.records();
    const payload = (type: string) => JSON.parse(records.find((record) => record.type === type)?.payload ?? '{}');
    expect(receipt.snapshotHash).toBe(payload('market.snapshot').hash);
    expect(receipt.contextHash).toBe(payload('context.built').hash);
    expect(receipt.samples[0]).toMatchObject({ outcome: 'answer', text: ANSWER, seed: view.seed % 2 ** 32 });
    expect(receipt.model).toMatchObject({ name: 'scripted.gguf', threads: 1, canary: 'bit-exact' });
  });

  it('say identical, and name another seed, other weights and edited instructions as the cause', async () => {
    running = await start({ forkWorker: bySeed() });
    const { runId, seed } = await running.press({ seed: 29 });
    expect(await replayOf(running, runId)).toMatchObject({ verdict: 'identical', cause: null, today: [] });
    expect(await replayOf(running, runId, { asToday: true })).toMatchObject({ verdict: 'identical' });
    expect(await replayOf(running, runId, { seed: seed + 1 })).toMatchObject({
      verdict: 'differs',
      cause: 'sampler',
      samples: [{ difference: { unit: 'token', at: ANSWER.length } }],
    });
    await running.engine.close();
    const { home, secrets } = running;
    running = await start({
      home,
      secrets,
      forkWorker: () => scriptedWorker(() => ANSWER.replace('0.5', '0.9'), { hash: '8'.repeat(64) }),
    });
    expect(await replayOf(running, runId)).toMatchObject({ verdict: 'differs', cause: 'weights' });
  });

  it('refuse a run that is not known, one that asked no model, and a beginning that fits several', async () => {
    running = await start({ model: undefined });
    const ids: string[] = [];
    for (let seed = 1; seed <= 3; seed++) ids.push((await running.press({ seed })).runId);
    await expect(replayOf(running, ids[0] ?? '')).rejects.toThrow('asked no model');
    await expect(replayOf(running, 'R-nothing')).rejects.toThrow('there is no run');
    await expect(replayOf(running, 'R-')).rejects.toThrow('runs begin with');
  });

  it('ask for a model where the engine has none', async () => {
    running = await start();
    const { runId } = await running.press({ seed: 29 });
    await running.engine.close();
    const { home, secrets } = running;
    running = await start({ home, secrets, model: undefined });
    await expect(replayOf(running, runId)).rejects.toThrow('no model is chosen');
    expect(await replayOf(running, runId, { model: scriptedModelFile(folder.path) })).toMatchObject({
      verdict: 'identical',
    });
  });
});

describe('mt why', () => {
  it('asks rules and model again without one block at a time; with nothing removed both say what they said', async () => {
    running = await start();
    const view = await running.press({ seed: 29 });
    const why = await running.engine.handlers['receipts.why']({ run: view.runId });
    const { regime, bias, confidence } = view.assessment?.rules ?? {};
    expect(why.rules).toMatchObject({ original: { regime, bias, confidence, why: null }, reproduces: true });
    expect(why.model).toMatchObject({ original: { regime: 'ranging', bias: 'none' }, reproduces: true });
    expect(why.memory.flips).toBe(false);
    await running.engine.close();
    const { home, secrets } = running;
    running = await start({ home, secrets, model: undefined });
    const alone = await running.engine.handlers['receipts.why']({ run: view.runId });
    expect(alone).toMatchObject({
      rules: why.rules,
      model: null,
      modelWhy: expect.stringContaining('no model is chosen'),
    });
    await expect(running.engine.handlers['receipts.why']({ run: 'R-none' })).rejects.toThrow('there is no run');
  });
});
