import { existsSync, mkdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { app, dialog, type Session } from 'electron';
import { APP_ORIGIN } from './electron-host.ts';
import { type Spoken, wordsOf } from './spoken.ts';

/** Tables, which are read and never run. */
const READ_ONLY_KIND = /^[A-Za-z0-9][\w-]{0,99}\.(csv|json)$/;
/** Reports of the Lab are pages, with pictures, no scripts and a policy that allows none: they alone, by the names that the engine gives them. */
const LAB_REPORT = /^[BSWEM]-[0-9a-f]{12}\.html$/;

/** What the page made itself and asks to have saved. Only our own page can make an address that begins like this. */
export const maySave = (address: string, name: string): boolean =>
  address.startsWith(`blob:${APP_ORIGIN}/`) && (READ_ONLY_KIND.test(name) || LAB_REPORT.test(name));

/** A path in `folder` at which nothing lies yet: `fills.csv`, then `fills (2).csv`. */
export function freePath(folder: string, file: string): string {
  const { name, ext } = parse(file);
  for (let copy = 1; ; copy += 1) {
    const path = join(folder, copy === 1 ? file : `${name} (${copy})${ext}`);
    if (!existsSync(path)) return path;
  }
}

/**
 * Saves a table or a report that the page hands over among the master's downloads, without a dialog that would stand in the way, and over nothing that is
 * there. Whatever else the page could start never lands on the disk.
 */
export function saveFiles(session: Session, spoken: Spoken): void {
  session.on('will-download', (event, item) => {
    const name = item.getFilename();
    if (!maySave(item.getURL(), name)) {
      event.preventDefault();
      return;
    }
    const folder = app.getPath('downloads');
    mkdirSync(folder, { recursive: true });
    item.setSavePath(freePath(folder, name));
    item.once('done', (_done, state) => {
      if (state !== 'completed')
        void wordsOf(spoken).then(({ t }) =>
          dialog.showErrorBox(t('desktop.product'), t('desktop.failed.save', { name, folder })),
        );
    });
  });
}
