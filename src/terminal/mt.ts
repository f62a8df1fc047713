import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forbidCoreDumps } from '#host/core-dumps.ts';
import { main } from './main.ts';

// The entry. Its place in the built program tells where everything else lies: out/terminal/mt.js beside resources and out/renderer.
const root = join(import.meta.dirname, '../..');
// In a package the program lies in an archive, and its resources beside it.
const resources = root.endsWith('.asar') ? join(root, '../resources') : join(root, 'resources');

// React checks every element twice unless it is told that this is no development.
process.env['NODE_ENV'] ??= 'production';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

// A crash must not write keys to the disk.
forbidCoreDumps();

// Until the answer is there, an end of the process is a failure and not a success.
process.exitCode = 1;
process.exitCode = await main(process.argv.slice(2), {
  resources,
  page: join(root, 'out/renderer'),
  worker: join(import.meta.dirname, 'inference-worker.js'),
  labWorker: join(import.meta.dirname, 'lab-worker.js'),
  windowTerminal: join(import.meta.dirname, 'window-terminal.js'),
  version,
  modelPath: process.env['MT_MODEL'],
});
