import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchmarkView, canaryView, downloadView, modelList, modelView } from '#shared/contract/models.ts';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { runMt } from '../support/run-mt.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';
import { tempFolder } from '../support/temp-folder.ts';

const absent = notRunWithoutShared('mt models with real models');
const TINY = modelFile('stories260K-f32.gguf');

describe.skipIf(absent)('mt models', () => {
  const folder = tempFolder('mt-models-cli');
  const home = join(folder.path, 'home');
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer(readFileSync(TINY));
  });
  afterAll(async () => {
    await server.close();
    folder.remove();
  });
  const mt = async (...words: string[]) => {
    const { code, stdout } = await runMt([...words, '--json'], { home });
    return { code, answer: JSON.parse(stdout) as unknown };
  };

  it('take over, choose, measure, grade and forget a model', async () => {
    expect(await mt('models', 'ls')).toEqual({
      code: 0,
      answer: { models: [], downloads: [], analyst: null, embedding: null, remote: null },
    });
    const imported = await mt('models', 'import', TINY, '--name', 'tiny');
    expect(imported.code).toBe(0);
    expect(modelView.parse(imported.answer)).toMatchObject({ name: 'tiny', kept: 'copied' });
    expect(modelList.parse((await mt('models', 'use', 'tiny')).answer).analyst).toBe('tiny');
    expect(benchmarkView.parse((await mt('models', 'bench', 'tiny', '--runs', '1')).answer).n).toBe(1);
    expect(canaryView.parse((await mt('models', 'canary', 'tiny')).answer)).toMatchObject({ grade: 'bit-exact', n: 3 });
    expect(modelView.parse((await mt('models', 'load', 'tiny')).answer).state).toBe('ready');
    const { stdout } = await runMt(['models', 'ls', '--plain'], { home });
    expect(stdout).toMatch(/tiny \*.*judging.*llama ALL_F32.*good.*bit-exact.*computed on import/);
    expect(modelList.parse((await mt('models', 'use', 'rules')).answer).analyst).toBeNull();
    expect(await mt('models', 'rm', 'tiny')).toEqual({ code: 0, answer: { removed: 'tiny', deletedFile: true } });
  });

  it('fetch a model, and end in 1 when something else comes', async () => {
    const done = await mt('models', 'download', server.url, '--name', 'fetched');
    expect(done.code).toBe(0);
    expect(downloadView.parse(done.answer)).toMatchObject({ state: 'done', name: 'fetched' });
    expect((await mt('models', 'rm', 'fetched')).code).toBe(0);
    server.serve(Buffer.from('<html>'.repeat(1000)));
    const refused = await mt('models', 'download', server.url);
    expect(refused.code).toBe(1);
    expect(downloadView.parse(refused.answer)).toMatchObject({ state: 'failed', why: expect.stringContaining('GGUF') });
  });

  it.each([
    [['models', 'load', 'nobody'], 'there is no model nobody'],
    [['models', 'import', '/nowhere/at-all.gguf'], 'does not exist'],
    [['models', 'download', 'http://models.example.org/a.gguf'], 'not fetched over http://'],
    [['models', 'download', 'a.gguf'], 'is not an address'],
    [['models', 'download', 'https://models.example.org/%zz.gguf'], 'begins no escape'],
    [['models', 'rm', '../../etc'], 'is not the name of a model'],
  ])('end in 2 at %j and say why', async (words, why) => {
    expect(await mt(...words)).toMatchObject({ code: 2, answer: { error: { message: expect.stringContaining(why) } } });
  });
});
