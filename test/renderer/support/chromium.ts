import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser of this machine, or undefined. MT_CHROMIUM names another one. */
export function findChromium(): string | undefined {
  const named = process.env['MT_CHROMIUM'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : undefined;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return NAMES.flatMap((name) => [join('/usr/bin', name), ...folders.map((folder) => join(folder, name))]).find(
    (path) => existsSync(path),
  );
}

/** Says once why a suite does not run, and answers whether it is left out; where a browser is required, that is a failure. */
export function notRunWithoutChromium(suite: string): boolean {
  if (findChromium() !== undefined) return false;
  const required = (process.env['MT_REQUIRE'] ?? '').split(',').includes('chromium');
  const message = `not run: ${suite} (no Chromium)`;
  if (required) throw new Error(`${message}, but MT_REQUIRE asks for it. Install Chromium or name it in MT_CHROMIUM.`);
  console.log(message);
  return true;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium() ?? '',
    args: [
      '--no-sandbox',
      '--headless=new',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
  });
}
