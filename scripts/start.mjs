// `npm start`: the window where there can be one, otherwise the same cycle in the terminal, said in one line.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const passed = process.argv.slice(2);

/** Why there can be no window here, or undefined when one can be tried. */
function whyNoWindow() {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return 'no display was found';
  if (process.getuid?.() === 0) return 'the window does not run as root';
  return undefined;
}

/** Path of an installed Electron, or undefined. */
function electronPath() {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const packageFolder = join(root, 'node_modules/electron');
  const nameFile = join(packageFolder, 'path.txt');
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : 'electron';
  const path = override ? join(override, name) : join(packageFolder, 'dist', name);
  return existsSync(path) ? path : undefined;
}

/** Fetches Electron's runtime once; its own installer checks the download against the package's checksums. */
function downloadElectron() {
  console.log("First start: downloading Electron's runtime (about 110 MB, once)...");
  const installer = join(root, 'node_modules/electron/install.js');
  const done = spawnSync(process.execPath, [installer], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  return done.status === 0 ? electronPath() : undefined;
}

/** On Linux and macOS through a shell that forbids core dumps first: every process below inherits it, and keys reach no dump. */
function withoutCoreDumps(command, args) {
  if (process.platform === 'win32') return [command, args];
  return ['/bin/sh', ['-c', 'ulimit -c 0 2>/dev/null; exec "$0" "$@"', command, ...args]];
}

function run(command, args) {
  const child = spawn(...withoutCoreDumps(command, args), { cwd: root, stdio: 'inherit' });
  child.on('error', (error) => {
    console.error(`start: could not run ${command}: ${error.message}`);
    process.exit(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

function runInTerminal(why) {
  console.log(
    `${why[0].toUpperCase()}${why.slice(1)}: running one cycle on the simulated market in the terminal instead.`,
  );
  // A person reads this, also where it is written to a file; `--json` asks for the answer of a program.
  const form = passed.includes('--json') || process.stdout.isTTY ? [] : ['--plain'];
  run(process.execPath, [join(root, 'resources/mt.cjs'), 'spawn', ...form, ...passed]);
}

const why = whyNoWindow();
if (why !== undefined) {
  runInTerminal(why);
} else {
  const electron = electronPath() ?? downloadElectron();
  if (electron === undefined) runInTerminal("Electron's runtime could not be downloaded");
  else run(electron, [root, ...passed]);
}
