// `node scripts/screenshots.mjs`: drives the built window in real Electron and takes the pictures of docs/screenshots.
// Needs a display and an Electron runtime, like the end-to-end tests.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron } from 'playwright';

const root = resolve(import.meta.dirname, '..');
const out = join(root, 'docs/screenshots');
const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
const nameFile = join(root, 'node_modules/electron/path.txt');
const executablePath = join(folder, existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : 'electron');
const home = mkdtempSync(join(tmpdir(), 'mt-pictures-'));
mkdirSync(out, { recursive: true });

const app = await _electron.launch({
  executablePath,
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', root],
  env: { ...process.env, MT_HOME: home },
});
const page = await app.firstWindow();
await page.getByTestId('env').first().waitFor();
await app
  .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900))
  .catch(() => undefined);

const picture = async (name) => {
  for (const theme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForTimeout(700);
    await page.screenshot({ path: join(out, `${name}-${theme}.png`) });
  }
};
const go = (name) => page.getByRole('link', { name }).first().click();

await picture('first-run');
await page.getByRole('button', { name: 'Start simulated trading' }).click();
await page.getByTestId('spawn').click();
await page.getByTestId('brief').waitFor();
await page.waitForTimeout(11_000);
await picture('command');
await go(/market/i);
await page.waitForTimeout(1500);
await picture('market');
await go(/command/i);
// A life may last four minutes; the position is closed by hand, which asks once.
const cancel = page.getByTestId('cancel');
if (await cancel.isVisible()) {
  await cancel.click();
  await page.waitForTimeout(600);
  await cancel.click().catch(() => undefined);
}
await page.getByTestId('result').waitFor({ timeout: 60_000 });
await picture('result');
await go(/agents/i);
await picture('agents');
await go(/portfolio/i);
await picture('portfolio');
await go(/lab/i);
await page.waitForTimeout(500);
await picture('lab');
await go(/audit/i);
await page.getByRole('button', { name: /verify/i }).click();
await picture('audit');

void app.evaluate(({ app: electronApp }) => electronApp.quit()).catch(() => undefined);
await new Promise((done) => app.process().once('exit', done));
rmSync(home, { recursive: true, force: true });
console.log(`pictures are in ${out}`);
