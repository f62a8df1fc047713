import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { screenEnvironment } from '../../e2e/support/app.ts';

const MARKS = ['running', 'ready', 'window', 'page', 'usable', 'rest'] as const;
type Mark = (typeof MARKS)[number];

const line = z.object({
  mark: z.enum(MARKS),
  at: z.number(),
  megabytes: z.record(z.string(), z.number()).optional(),
});

/** One start: milliseconds from the start of the process to each mark, and the memory of its processes two seconds after it was usable. */
export type ColdStart = {
  readonly marks: Readonly<Record<Mark, number>>;
  readonly megabytes: Readonly<Record<string, number>>;
};

const LIMIT_MS = 90_000;

/** A program of one window with one button: what the runtime itself costs. Answers its folder. */
export function layOutEmptyProgram(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'empty', version: '0.0.1', main: 'main.cjs' }));
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { app, BrowserWindow } = require('electron');
app.setPath('userData', process.env.MT_HOME);
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1440, height: 900, show: false, webPreferences: { sandbox: true } });
  window.once('ready-to-show', () => window.show());
  window.loadFile('index.html');
});
process.on('SIGTERM', () => app.exit(0));
`,
  );
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>empty</title><main><button>Press</button></main>');
  return folder;
}

/** Starts a program in real Electron, waits until it is usable and at rest, and ends it. */
export async function coldStart(
  electron: string,
  program: string,
  home: string,
  env: Record<string, string> = {},
): Promise<ColdStart> {
  mkdirSync(home, { recursive: true });
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const hook = resolve(import.meta.dirname, 'start-hook.cjs');
  const environment = { ...process.env, ...(await screenEnvironment()), MT_HOME: home, ...env };
  const began = Date.now();
  const child = spawn(electron, [...asRoot, '--disable-gpu', '-r', hook, program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said = `${said}${part.toString()}`.slice(-2_000);
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const overdue = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const marks = new Map<Mark, number>();
  let megabytes: ColdStart['megabytes'] = {};
  createInterface({ input: child.stdout }).on('line', (text) => {
    if (!text.startsWith('{"mark"')) return;
    const told = line.parse(JSON.parse(text));
    marks.set(told.mark, told.at - began);
    megabytes = told.megabytes ?? megabytes;
    if (told.mark === 'rest') child.kill('SIGTERM');
  });
  await ended;
  clearTimeout(overdue);
  const at = (mark: Mark): number => {
    const ms = marks.get(mark);
    if (ms === undefined) throw new Error(`${program} was never ${mark}: ${said}`);
    return ms;
  };
  return {
    marks: {
      running: at('running'),
      ready: at('ready'),
      window: at('window'),
      page: at('page'),
      usable: at('usable'),
      rest: at('rest'),
    },
    megabytes,
  };
}
