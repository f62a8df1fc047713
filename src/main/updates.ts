import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { Fault } from '#core/kernel/fault.ts';
import { fetchOffer } from '#host/updates/fetch-offer.ts';
import { whyNotInstall } from '#host/updates/may-install.ts';
import { checkDownload, holdToOffer } from '#host/updates/offer.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { toldIn, type Words } from './words.ts';

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
async function findUpdate(client: AppClient, { t }: Words): Promise<string> {
  const source = updateSource();
  if (source === undefined) return t('desktop.updates.noSource');
  const offer = await fetchOffer(source.place, { publicKey: source.publicKey, current: app.getVersion() });
  const { autoUpdater } = (await import('electron-updater')).default;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.allowDowngrade = false;
  autoUpdater.allowPrerelease = false;
  const found = await autoUpdater.checkForUpdates();
  if (found === null || !found.isUpdateAvailable) return t('desktop.updates.newest', { version: app.getVersion() });
  holdToOffer(found.updateInfo, offer);
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: t('desktop.product'),
    message: t('desktop.updates.ask', { version: offer.version }),
    detail: t('desktop.updates.askDetail'),
    buttons: [t('desktop.updates.act'), t('desktop.cancel')],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response !== INSTALL) return t('desktop.updates.unchanged');
  for (const path of await autoUpdater.downloadUpdate()) checkDownload(path, offer);
  const why = await whyNotInstall(client);
  if (why !== undefined) throw new Fault('refused', `not now: ${why}`, 'try again when nothing trades');
  autoUpdater.quitAndInstall();
  return t('desktop.updates.installing', { version: offer.version });
}

/** The same, told to the master in a dialog, whatever comes of it. */
export async function checkForUpdates(client: AppClient, words: Words): Promise<void> {
  const { t } = words;
  const told = await findUpdate(client, words).catch((error: unknown) =>
    error instanceof Fault ? toldIn(words, error) : t('desktop.updates.failed', { why: String(error) }),
  );
  await dialog.showMessageBox({
    type: 'info',
    title: t('desktop.product'),
    message: t('desktop.updates.title'),
    detail: told,
  });
}
