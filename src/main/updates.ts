import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { Fault } from '#core/kernel/fault.ts';
import { fetchOffer } from '#host/updates/fetch-offer.ts';
import { whyNotInstall } from '#host/updates/may-install.ts';
import { checkDownload, holdToOffer } from '#host/updates/offer.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';

const INSTALL = 0;

/** Where updates are looked for and whose they must be; undefined where the owner named neither when the package was built. */
function updateSource(): { readonly place: string; readonly publicKey: string } | undefined {
  const [config, key] = [join(process.resourcesPath, 'app-update.yml'), join(import.meta.dirname, '../update-key.pem')];
  if (!app.isPackaged || !existsSync(config) || !existsSync(key)) return undefined;
  const place = /^url: *['"]?(\S+?)['"]?$/m.exec(readFileSync(config, 'utf8'))?.[1];
  return place === undefined ? undefined : { place, publicKey: readFileSync(key, 'utf8') };
}

/**
 * Looks for a newer version when the master asks, never by itself. What the updater finds is held to the list that the owner signed before
 * anything is fetched, and again before anything is installed; and nothing is installed while an agent runs or an order is open.
 */
async function findUpdate(client: AppClient): Promise<string> {
  const source = updateSource();
  if (source === undefined) return 'This program has no update source. Get new versions from where you had it.';
  const offer = await fetchOffer(source.place, { publicKey: source.publicKey, current: app.getVersion() });
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.allowPrerelease = false;
  const found = await autoUpdater.checkForUpdates();
  if (found === null || !found.isUpdateAvailable) return `Version ${app.getVersion()} is the newest.`;
  holdToOffer(found.updateInfo, offer);
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Master Trader',
    message: `Install version ${offer.version}?`,
    detail: 'It is downloaded, checked against the owner’s signature, and installed after the program has ended.',
    buttons: ['Install', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response !== INSTALL) return 'Nothing was changed.';
  for (const path of await autoUpdater.downloadUpdate()) checkDownload(path, offer);
  const why = await whyNotInstall(client);
  if (why !== undefined) throw new Fault('refused', `not now: ${why}`, 'try again when nothing trades');
  autoUpdater.quitAndInstall();
  return `Version ${offer.version} is being installed.`;
}

/** The same, told to the master in a dialog, whatever comes of it. */
export async function checkForUpdates(client: AppClient): Promise<void> {
  const told = await findUpdate(client).catch((error: unknown) =>
    error instanceof Fault ? `${error.message}\n\n${error.remedy}` : `The update failed: ${String(error)}`,
  );
  await dialog.showMessageBox({ type: 'info', title: 'Master Trader', message: 'Updates', detail: told });
}
