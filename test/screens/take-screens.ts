// `npm run screens [-- NAME...]`: every screen of the built product in real Electron on a seeded session, dark and light, in both sizes, as
// docs/screens/NAME-THEME-WIDTH.webp. They are there to be looked at, one by one; names after the dashes take those alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright';
import { connectToEngine } from '#host/engine-file.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { ROUTES } from '../../src/renderer/app/routes.ts';
import { type RunningApp, startApp, stopScreen } from '../e2e/support/app.ts';
import { findElectron } from '../support/runtimes.ts';
import { seedSession } from './seed-session.ts';

const OUT = resolve(import.meta.dirname, '../../docs/screens');
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1024, height: 680 },
] as const;
const THEMES = ['dark', 'light'] as const;
/** Percent: letters stay sharp, and a picture stays below a hundred kilobytes. */
const QUALITY = 72;
/** Time for charts to draw and panels to load, ms. */
const SETTLES_MS = 1_200;
const MOST_PRESSES = 20;
const LOOKS_MS = 500;
const PAUSE_MS = 3_000;
const SECTIONS = ['general', 'appearance', 'notifications', 'setup', 'limits', 'instructions', 'security', 'exchanges'];
const MORE_SECTIONS = ['data', 'shortcuts', 'about'];

type Subject = { readonly name: string; readonly show: (page: Page) => Promise<void> };

const go = (path: string) => async (page: Page) => {
  await page.evaluate((hash) => location.assign(hash), `#${path}`);
};
const press = (key: string) => async (page: Page) => {
  await go('/')(page);
  await page.waitForTimeout(SETTLES_MS / 2);
  await page.keyboard.press(key);
};
/** Away with what a key opened. Nothing else may be open then: Escape would end the run that waits. */
const closeSheet = async (page: Page) => {
  if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
};

const SUBJECTS: readonly Subject[] = [
  ...ROUTES.map(({ path, screen }) => ({ name: screen, show: go(path) })),
  ...[...SECTIONS, ...MORE_SECTIONS].map((name) => ({ name: `settings-${name}`, show: go(`/settings/${name}`) })),
  {
    name: 'agents-chart',
    async show(page) {
      await go('/agents')(page);
      await page.getByRole('tab', { name: 'Chart', exact: true }).click();
    },
  },
  { name: 'palette', show: press('Control+k') },
  { name: 'keys', show: press('?') },
];

const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

async function take({ page }: RunningApp, subjects: readonly Subject[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  for (const { width, height } of SIZES) {
    await devtools.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      for (const toast of await page
        .locator('[data-toast]')
        .getByRole('button', { name: 'Dismiss', includeHidden: true })
        .all())
        await toast.click();
      for (const { name, show } of subjects.filter((subject) => isWanted(subject.name))) {
        await show(page);
        await page.waitForTimeout(SETTLES_MS);
        const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
        await closeSheet(page);
        writeFileSync(join(OUT, `${name}-${theme}-${width}.webp`), Buffer.from(data, 'base64'));
      }
    }
  }
}

/** Presses until a brief waits for the master, so that the screens show something that goes on. A moment may call for no trade. */
async function untilAsked(client: AppClient): Promise<void> {
  for (let press = 0; press < MOST_PRESSES; press++) {
    const { cycle } = await client.invoke('cycle.start', { trigger: 'terminal' });
    for (let state: string | undefined = 'running'; state === 'running'; ) {
      if ((await client.invoke('approvals.list', {})).pending.length > 0) return;
      await new Promise((done) => setTimeout(done, LOOKS_MS));
      state = (await client.invoke('cycle.get', { cycle }))?.state;
    }
    // Three minutes of the simulated market, which runs sixty times as fast.
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  }
  throw new Error(`${MOST_PRESSES} presses asked for nothing`);
}

const electron = findElectron();
if ('missing' in electron) throw new Error(`no pictures can be taken here: ${electron.missing}`);
const homes = mkdtempSync(join(tmpdir(), 'mt-screens-'));
mkdirSync(OUT, { recursive: true });
try {
  if (isWanted('welcome')) {
    const fresh = await startApp(electron.path, join(homes, 'fresh'), { MT_OFFLINE: '1' }, true);
    await take(fresh, [{ name: 'welcome', show: async () => undefined }]);
    await fresh.quit();
  }
  const home = join(homes, 'seeded');
  mkdirSync(home);
  await seedSession(home);
  const seeded = await startApp(electron.path, home, { MT_OFFLINE: '1' });
  const client = await connectToEngine(home, 'trade');
  await untilAsked(client);
  client.close();
  await take(seeded, SUBJECTS);
  await seeded.quit();
} finally {
  stopScreen();
  rmSync(homes, { recursive: true, force: true });
}
console.log(`the pictures are in ${OUT}`);
