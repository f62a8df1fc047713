import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { findSecrets } from '../support/find-secrets.ts';
import { findElectron, notRun } from '../support/runtimes.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type RunningApp, startApp, stopScreen } from './support/app.ts';

const electron = findElectron();
const absent = notRun('the vault in real Electron', 'electron', electron);
const PASSPHRASE = 'canaryElectronPassphrase91';

describe.skipIf(absent)('the vault in the desktop window', () => {
  const folder = tempFolder('mt-window-vault');
  const [home, temporary] = [join(folder.path, 'home'), join(folder.path, 'tmp')];
  let running: RunningApp | undefined;
  const start = async (): Promise<RunningApp> => {
    mkdirSync(temporary, { recursive: true });
    // No keyring: whoever runs this has one of their own, which stays untouched.
    const env = { TMPDIR: temporary, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };
    running = await startApp('path' in electron ? electron.path : '', home, env);
    return running;
  };
  afterEach(() => {
    running?.app.process().kill('SIGKILL');
  });
  afterAll(() => {
    stopScreen();
    folder.remove();
  });

  it('is set up in the window, leaves no secret on the disk when the program is killed, and seals the next start', async () => {
    const { page, app, complaints } = await start();
    await page.getByRole('button', { name: 'Not protected' }).click();
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('Once more').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Next' }).click();
    const code = await page.getByTestId('recovery-code').innerText();
    await page.getByLabel('Type its last group').fill(code.split(' ').at(-1) ?? '');
    await page.getByRole('button', { name: 'Set the passphrase' }).click();
    await page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    const ended = new Promise((resolve) => app.process().once('exit', resolve));
    app.process().kill('SIGKILL');
    await ended;
    const search = findSecrets([folder.path], [PASSPHRASE, code, code.replaceAll(' ', '-'), code.replaceAll(' ', '')]);
    expect(search.files).toBeGreaterThan(5);
    expect(search.found).toEqual([]);

    const again = await start();
    await again.page.getByText('when it was last open').waitFor();
    expect(await again.page.getByTestId('env').innerText()).toMatch(/simulated/i);
    await again.page.getByLabel('Passphrase').fill(PASSPHRASE);
    await again.page.getByRole('button', { name: 'Unlock' }).click();
    await again.page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
    await again.page.getByRole('button', { name: 'Lock', exact: true }).click();
    await again.page.getByRole('heading', { name: 'Locked' }).waitFor();
  });
});
