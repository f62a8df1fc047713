import { describe, expect, it, vi } from 'vitest';
import { createFakeElectron } from './fake-electron.ts';

const fake = createFakeElectron();
vi.doMock('electron', () => fake.electron);
const { registerIpc } = await import('../../../src/main/register-ipc.ts');
const { APP_ORIGIN, UP_CHANNEL } = await import('../../../src/main/electron-host.ts');

const OURS = 3;
const own = { sender: { id: OURS }, senderFrame: { origin: APP_ORIGIN, parent: null } };
const FORGED = [
  { ...own, senderFrame: null },
  { ...own, senderFrame: { origin: APP_ORIGIN, parent: {} } },
  { ...own, senderFrame: { origin: 'null', parent: null } },
  { ...own, senderFrame: { origin: '', parent: null } },
  { ...own, senderFrame: { origin: 'about:blank', parent: null } },
  { ...own, senderFrame: { origin: 'https://example.com', parent: null } },
  { ...own, senderFrame: { origin: `${APP_ORIGIN}.evil`, parent: null } },
  { ...own, senderFrame: { origin: 'http://localhost:5173', parent: null } },
  { ...own, sender: { id: 4 } },
  {
    sender: { id: OURS },
    get senderFrame(): never {
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    },
  },
];

describe('who reaches the engine over IPC', () => {
  it('[checklist 17] is our own page in our own window; every forged frame is dropped and counted', () => {
    const heard: unknown[] = [];
    let strangers = 0;
    registerIpc({
      webContents: { id: OURS, isDestroyed: () => false, send: () => undefined, once: () => undefined },
      serve: (port) => port.onFrame((frame) => heard.push(frame)),
      onStranger: () => (strangers += 1),
    });
    for (const event of FORGED) fake.electron.ipcMain.emit(UP_CHANNEL, event, 'forged');
    expect(heard).toEqual([]);
    expect(strangers).toBe(FORGED.length - 1);
    fake.electron.ipcMain.emit(UP_CHANNEL, own, 'ours');
    expect(heard).toEqual(['ours']);
    expect(fake.electron.ipcMain.names()).toEqual([UP_CHANNEL]);
  });
});
