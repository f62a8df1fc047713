import { afterEach, expect, it } from 'vitest';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let running: TestEngine | undefined;
afterEach(async () => {
  await running?.close();
  running = undefined;
});

it('keeps keys that a shortcut can have, and refuses the others by name, whichever face sends them', async () => {
  running = await startTestEngine();
  const { handlers } = running.engine;
  const set = (shortcutRemaps: Record<string, string>) => async () =>
    handlers['preferences.set']({ changes: { shortcutRemaps } });
  await expect(set({ 'go.market': 'g a' })()).rejects.toMatchObject({
    code: 'usage',
    message: 'the shortcut go.market cannot have the keys g a',
    remedy: 'Another shortcut has these keys: go.agents',
  });
  await expect(set({ spawn: 's' })()).rejects.toMatchObject({ code: 'usage' });
  expect((await handlers['preferences.get']({})).shortcutRemaps).toEqual({});
  const kept = await set({ 'go.market': 'g a', 'go.agents': 'g m' })();
  expect(kept.preferences.shortcutRemaps).toEqual({ 'go.market': 'g a', 'go.agents': 'g m' });
});
