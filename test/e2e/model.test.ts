import { afterAll, describe, expect, it } from 'vitest';
import { connectToEngine } from '#host/engine-file.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { startApp, stopScreen } from './support/app.ts';

const SUITE = 'a local model in a utility process of real Electron';
const electron = findElectron();
const absent = notRun(SUITE, 'electron', electron) || notRunWithoutShared(SUITE);

describe.skipIf(absent)(SUITE, () => {
  afterAll(stopScreen);

  it('is asked beside the rules, and the answer says whose judgement stands', async () => {
    const folder = tempFolder('mt-model');
    const running = await startApp('path' in electron ? electron.path : '', folder.path, {
      MT_MODEL: modelFile('minimind2-small-q8_0.gguf'),
    });
    const client = await connectToEngine(folder.path, 'trade');
    if (client === undefined) throw new Error('the window opened no door');
    const { assessment } = await client.invoke('cycle.analyse', {});
    console.log(`model outcome: ${assessment.model.outcome} (${assessment.model.why}); ${assessment.source} stands`);
    expect(['used', 'ungrounded']).toContain(assessment.model.outcome);
    expect(assessment.source).toBe(assessment.model.outcome === 'used' ? 'model' : 'rules');
    expect(assessment.model.name).toContain('minimind2');
    client.close();
    await running.quit();
    folder.remove();
  });
});
