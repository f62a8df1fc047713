#!/usr/bin/env node
// The terminal's entry. Plain CommonJS for any Node, because the product needs Node 22.18 or newer: it checks before importing
// anything, and re-runs itself under the Node that `npm ci` put into node_modules when the caller's is older.
'use strict';
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { constants } = require('node:os');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');

const root = resolve(__dirname, '..');
const entry = join(root, 'out/terminal/mt.js');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const recent = major > 22 || (major === 22 && minor >= 18);

if (!recent) {
  const own = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(own)) {
    console.error(
      `mt: needs Node 22.18 or newer; this is ${process.versions.node}.\n  Remedy: run "npm ci" in ${root}, which brings its own Node 24, or install Node 24.`,
    );
    process.exit(2);
  }
  const child = spawn(own, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Whoever ends this process means the program. A terminal tells both by itself, and a second Ctrl+C would not let the engine end in order.
  const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (signal === 'SIGTERM' || !atTerminal) child.kill(signal);
    });
  child.on('error', (error) => {
    console.error(`mt: could not start ${own}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
} else if (!existsSync(entry)) {
  console.error(`mt: the program is not built.\n  Remedy: run "npm run build" in ${root}.`);
  process.exit(2);
} else {
  import(pathToFileURL(entry).href).catch((error) => {
    console.error(`mt: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  });
}
