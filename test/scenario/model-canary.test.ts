import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measurePrefixReuse } from '#host/models/canary.ts';
import { startLlama } from '../support/llama.ts';
import { type ModelsHome, openModelsHome } from '../support/models.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';

const absent = notRunWithoutShared('the determinism canary with real models');
const DEADLINE = 120_000;

describe.skipIf(absent)('the determinism canary with real models', () => {
  let home: ModelsHome;
  beforeEach(() => {
    home = openModelsHome();
  });
  afterEach(() => home.dispose());

  it('grades a model on the processor bit-exact, and keeps the grade for its weights and build', async () => {
    const { manager } = home.models;
    await manager.import(modelFile('minimind2-small-q8_0.gguf'), false, 'chat');
    const canary = await manager.canary('chat');
    expect(canary).toMatchObject({ grade: 'bit-exact', n: 3, tokens: expect.any(Number) });
    expect(canary.tokens).toBeGreaterThan(5);
    expect(canary.build).toContain('threads 1');
    expect((await home.reopen()).manager.list().models[0]?.canary).toEqual(canary);
  });

  it('is run once by itself before the first question, and again for other weights', async () => {
    let moment = 1;
    const models = await home.reopen({ now: () => moment++ });
    const tiny = modelFile('stories260K-f32.gguf');
    const chat = modelFile('minimind2-small-q8_0.gguf');
    const grades = () => models.manager.list().models.map(({ canary }) => canary?.at ?? null);
    await models.manager.import(tiny, false, 'tiny');
    await models.manager.import(chat, false, 'chat');
    await models.choose(tiny);
    const [first] = grades();
    expect(grades()).toEqual([expect.any(Number), null]);
    await models.choose(tiny);
    expect(grades(), 'nothing has changed').toEqual([first, null]);
    const chosen = await models.choose(chat);
    expect(grades()).toEqual([first, expect.any(Number)]);
    expect(chosen?.inference.status()).toMatchObject({ kind: 'ready', canary: 'bit-exact' });
  });

  it('measures what a kept prompt would change, and no question of the analyst is asked that way', async () => {
    for (const name of ['minimind2-small-q8_0.gguf', 'stories260K-f32.gguf']) {
      const { inference } = startLlama(modelFile(name));
      await inference.ready();
      const reuse = await measurePrefixReuse(inference, 6, DEADLINE);
      const again = await inference.probe(
        { system: 's', user: 'u', seed: 1, temperature: 0, tokens: 4, context: 'cold' },
        DEADLINE,
      );
      await inference.dispose();
      console.log(
        `measured: prefix reuse with ${name}: other bits in ${reuse.otherBits} of ${reuse.n} answers, other tokens in ${reuse.otherTokens} (${reuse.reusedTokens} of ${reuse.promptTokens} tokens of the questions were reused)`,
      );
      expect(reuse.n).toBe(6);
      expect(reuse.reusedTokens, 'a measurement without reuse proves nothing').toBeGreaterThan(100);
      expect(again, 'a cold question reuses nothing, even after others').toMatchObject({
        kind: 'probed',
        reusedTokens: 0,
      });
    }
  });
});
