import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashModelFile } from '#adapters/inference-llama/check-model-file.ts';
import { type ModelsHome, openModelsHome } from '../support/models.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';

const absent = notRunWithoutShared('the model manager with real models');
const CHAT = modelFile('minimind2-small-q8_0.gguf');
const TINY = modelFile('stories260K-f32.gguf');
const MINILM = modelFile('all-minilm-l6-v2-q8_0.gguf');

describe.skipIf(absent)('the models of a data folder', () => {
  let home: ModelsHome;
  beforeEach(() => {
    home = openModelsHome();
  });
  afterEach(() => home.dispose());

  it('copies a file that is imported, hashes it, and says what it is and whether it fits', async () => {
    const view = await home.models.manager.import(TINY, true, undefined);
    expect(view).toMatchObject({
      name: 'stories260K-f32',
      use: 'generate',
      architecture: 'llama',
      quantisation: 'ALL_F32',
      parameters: 260_032,
      contextLength: 512,
      sha256: await hashModelFile(TINY),
      hashLabel: 'computed on import',
      kept: 'copied',
      fit: { word: 'good' },
      state: 'not loaded',
    });
    expect(await hashModelFile(view.path)).toBe(view.sha256);
    expect(view.path).toBe(join(home.folder, 'models', 'stories260K-f32.gguf'));
    expect(view.fit.neededBytes).toBeGreaterThan(view.bytes);
    expect(home.models.manager.list().models).toEqual([view]);
    expect((await home.reopen()).manager.list().models).toHaveLength(1);
  });

  it('uses a referenced file where it lies, and leaves it there when it is removed', async () => {
    const outside = join(home.folder, 'mine.gguf');
    copyFileSync(TINY, outside);
    const view = await home.models.manager.import(outside, false, 'mine');
    expect(view).toMatchObject({ kept: 'referenced', path: outside });
    expect(await home.models.manager.remove('mine')).toEqual({ deletedFile: false });
    expect(existsSync(outside)).toBe(true);
    const copied = await home.models.manager.import(outside, true, 'mine');
    expect(await home.models.manager.remove('mine')).toEqual({ deletedFile: true });
    expect(existsSync(copied.path)).toBe(false);
    expect(home.models.manager.list().models).toEqual([]);
  });

  it('knows weights that are there already, and refuses a name that is taken', async () => {
    const first = await home.models.manager.import(TINY, true, undefined);
    expect(await home.models.manager.import(TINY, true, undefined)).toEqual(first);
    expect(readdirSync(join(home.folder, 'models'))).toEqual(['stories260K-f32.gguf']);
    await expect(home.models.manager.import(CHAT, true, first.name)).rejects.toMatchObject({ code: 'usage' });
    await expect(home.models.manager.import(CHAT, true, 'rules')).rejects.toMatchObject({ code: 'usage' });
  });

  it('chooses a model for each use, loads it, and lets the rules decide alone again', async () => {
    const { manager } = home.models;
    await manager.import(TINY, false, 'tiny');
    await manager.import(MINILM, false, 'minilm');
    expect(home.models.describe()).toEqual({ kind: 'rules', label: 'Rules (no model)' });
    expect(manager.use('tiny')).toMatchObject({ analyst: 'tiny', embedding: null });
    expect(manager.use('minilm')).toMatchObject({ analyst: 'tiny', embedding: 'minilm' });
    expect(home.models.describe()).toEqual({ kind: 'model', label: 'Model, not loaded yet' });
    expect((await manager.load('tiny')).state).toBe('ready');
    expect((await home.models.embedder()?.embed(['bitcoin'], 60_000))?.kind).toBe('vectors');
    const chosen = await home.models.choose(undefined);
    expect(chosen?.inference.status()).toMatchObject({ kind: 'ready', canary: 'bit-exact' });
    expect((await manager.unload('tiny')).state).toBe('not loaded');
    expect(manager.use(null)).toMatchObject({ analyst: null, embedding: 'minilm' });
    expect(await home.models.choose(undefined)).toBeUndefined();
  });

  it('does not use a file that has changed since it was taken over, and says so', async () => {
    const { manager } = home.models;
    const view = await manager.import(TINY, true, 'tiny');
    manager.use('tiny');
    const bytes = readFileSync(view.path);
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
    writeFileSync(view.path, bytes);
    await expect(manager.load('tiny')).rejects.toMatchObject({ message: expect.stringContaining('has changed since') });
    const chosen = await home.models.choose(undefined);
    expect(chosen?.inference.status()).toMatchObject({
      kind: 'failed',
      why: expect.stringContaining('has changed since'),
    });
  });

  it('lets the rules decide and says why when the file of the chosen model is gone', async () => {
    const view = await home.models.manager.import(TINY, true, 'tiny');
    home.models.manager.use('tiny');
    writeFileSync(view.path, '');
    const chosen = await home.models.choose(undefined);
    expect(chosen?.inference.status()).toMatchObject({ kind: 'failed', why: expect.stringContaining('is empty') });
  });

  it('does not load what does not fit into the free memory, and says how much is missing', async () => {
    await home.models.manager.import(CHAT, false, 'chat');
    const models = await home.reopen({ freeMemory: () => 40_000_000 });
    models.manager.use('chat');
    expect(models.manager.list().models[0]?.fit.word).toBe('too large');
    const refusal = /not loaded: it needs \d+ MB of memory and 40 MB are free/;
    await expect(models.manager.load('chat')).rejects.toMatchObject({ message: expect.stringMatching(refusal) });
    const byName = await models.choose(undefined);
    expect(byName?.inference.status()).toMatchObject({ kind: 'failed', why: expect.stringMatching(refusal) });
    const reply = await byName?.inference.ask(
      { system: '', user: '', schema: {}, seed: 1, temperature: 0, maxTokens: 1 },
      1,
    );
    expect(reply).toMatchObject({ kind: 'failed', why: expect.stringMatching(refusal) });
  });

  it('measures speed with n and conditions, of models that write and of models that embed', async () => {
    const { manager } = home.models;
    await manager.import(TINY, false, 'tiny');
    await manager.import(MINILM, false, 'minilm');
    const tiny = await manager.bench('tiny', 2);
    expect(tiny).toMatchObject({ n: 2, textsPerSecond: null, conditions: expect.stringMatching(/threads 1.*load/) });
    expect(tiny.writingTokensPerSecond).toBeGreaterThan(1);
    expect(tiny.readingTokensPerSecond).toBeGreaterThan(1);
    expect(tiny.promptTokens).toBeGreaterThan(100);
    expect((await manager.bench('minilm', 1)).textsPerSecond).toBeGreaterThan(0.1);
    expect(manager.list().models.map(({ benchmark }) => benchmark?.n)).toEqual([2, 1]);
  });

  it('says what is damaged when its own file is, and lets the rules decide', async () => {
    await home.models.manager.import(TINY, true, 'tiny');
    home.models.manager.use('tiny');
    appendFileSync(join(home.folder, 'models.json'), '}');
    const models = await home.reopen();
    expect(() => models.manager.list()).toThrow(/models.json is damaged/);
    expect(models.describe()).toEqual({ kind: 'rules', label: 'Rules (no model)' });
    expect((await models.choose(undefined))?.inference.status()).toMatchObject({ kind: 'failed' });
  });
});
