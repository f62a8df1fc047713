import { describe, expect, it, vi } from 'vitest';
import { createFakeElectron } from './fake-electron.ts';

const fake = createFakeElectron();
vi.doMock('electron', () => fake.electron);
const { createWindow } = await import('../../../src/main/window.ts');
const { SECURE_PREFERENCES, secureWebPreferences } = await import('../../../src/main/secure-web-preferences.ts');

const session = {} as never;
const own = { session, preload: '/srv/preload.cjs' };

describe('what a window runs under', () => {
  it('[checklist 2] [checklist 3] [checklist 4] [checklist 6] [checklist 8] [checklist 9] [checklist 10] [checklist 11] is exactly this', () => {
    expect(SECURE_PREFERENCES).toStrictEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      safeDialogs: true,
    });
  });

  it('cannot be loosened by who makes one', () => {
    const made = secureWebPreferences({ ...own, nodeIntegration: true, sandbox: false } as typeof own);
    expect(made).toStrictEqual({ ...own, ...SECURE_PREFERENCES });
    expect(Object.isFrozen(made)).toBe(true);
    expect(Object.isFrozen(SECURE_PREFERENCES)).toBe(true);
  });

  it('reaches the one window there is', () => {
    createWindow(own);
    expect(fake.state.windows).toMatchObject([{ webPreferences: { ...own, ...SECURE_PREFERENCES } }]);
  });
});
