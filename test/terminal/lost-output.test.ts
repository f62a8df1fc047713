import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODE } from '../support/child.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, runMt } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-lost');
const home = join(folder.path, 'home');
const FULL = '/dev/full';
let program = '';

beforeAll(async () => {
  program = join(await installedTerminal(), 'resources/mt.cjs');
});
afterAll(() => folder.remove());

/** Runs `mt` with its streams on files: 1 and 2 are opened as told, or read through a pipe. */
function runInto(
  args: readonly string[],
  { stdout, stderr }: { readonly stdout: readonly [path: string, flags: string]; readonly stderr?: string },
) {
  const out = openSync(...stdout);
  const err = stderr === undefined ? undefined : openSync(stderr, 'w');
  try {
    return spawnSync(NODE, [program, ...args, '--home', home], {
      stdio: ['ignore', out, err ?? 'pipe'],
      encoding: 'utf8',
    });
  } finally {
    closeSync(out);
    if (err !== undefined) closeSync(err);
  }
}

const left = !existsSync(FULL);
if (left) console.log('not run: output onto a full disk (this system has no /dev/full)');

describe('standard output that cannot be written', () => {
  it
    .skipIf(left)
    .each([[['version']], [['--help']], [['status', '--json']], [['spawn', '--plain']], [['spawn', '--json']]])(
    'is told in one line on standard error with exit code 1: mt %j',
    (args) => {
      const ended = runInto(args, { stdout: [FULL, 'w'] });
      expect(ended.stderr).toBe('mt: standard output cannot be written (the disk is full), so the answer is lost\n');
      expect(ended.status).toBe(1);
    },
  );

  it('is told the same way when it was given for reading only', () => {
    const ended = runInto(['version'], { stdout: ['/dev/null', 'r'] });
    expect(ended.stderr).toBe(
      'mt: standard output cannot be written (it is not open for writing), so the answer is lost\n',
    );
    expect(ended.status).toBe(1);
  });

  it.skipIf(left)('keeps the exit code of a command that failed by itself', () => {
    expect(runInto(['spawn', 'FOO/BAR', '--json'], { stdout: [FULL, 'w'] }).status).toBe(2);
  });

  it.skipIf(left)('ends without a trace even when standard error is full too', () => {
    const ended = runInto(['status'], { stdout: [FULL, 'w'], stderr: FULL });
    expect(ended.signal).toBeNull();
    expect(ended.status).toBe(1);
  });

  it.skipIf(left)('costs the journal nothing: the cycles were run to their ends', async () => {
    const agents = await runMt(['audit', 'verify', '--json'], { home });
    expect(oneJsonLine(agents.stdout)).toMatchObject({ ok: true });
    const status = await runMt(['status', '--json'], { home });
    expect(oneJsonLine(status.stdout)).toMatchObject({ cycleRunning: null });
  });

  it('that a reader closed early is no error', () => {
    const ended = spawnSync('sh', ['-c', `"$0" "$1" help --home "$2" | head -n 1`, NODE, program, home], {
      encoding: 'utf8',
    });
    expect(ended.stderr).toBe('');
    expect(ended.stdout.split('\n')).toHaveLength(2);
  });
});
