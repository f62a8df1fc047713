import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODE } from '../support/child.ts';
import { withoutEscapes } from '../support/escapes.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, type RunningMt, runMt, startInstalled } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Of util-linux: runs a command on a terminal of its own. */
const PTY = 'script';
const noPty = spawnSync(PTY, ['--version']).status !== 0;
if (noPty) console.log('not run: the full screen on a real terminal (script of util-linux is not installed)');

const folder = tempFolder('mt-full-screen');
let installed = '';

beforeAll(async () => {
  installed = await installedTerminal();
});
afterAll(() => folder.remove());

/** Runs a command line on a terminal of 100 by 30 cells; `echo` stands there already, before the cursor. */
function onTerminal(home: string, words: string, env: Readonly<Record<string, string>> = {}, echo = ''): RunningMt {
  const mt = `'${NODE}' '${join(installed, 'resources/mt.cjs')}' ${words} --home '${join(folder.path, home)}'`;
  const command = [PTY, '-qec', `stty cols 100 rows 30; printf '${echo}'; ${mt}`, '/dev/null'];
  return startInstalled(command, { env: { TERM: 'xterm-256color', SHELL: '/bin/sh', ...env } });
}

const ENTER_SCREEN = '\u001b[?1049h';
const LEAVE_SCREEN = '\u001b[?1049l';

describe.runIf(!noPty)('mt spawn on a real terminal', () => {
  it('shows the cycle on the alternate screen and leaves the story on the normal one, exit code 0', async () => {
    const running = onTerminal('a', 'spawn');
    await running.said(/the books balance/);
    running.child.stdin?.write('q');
    await running.said(/Leave, and end this engine/);
    running.child.stdin?.write('y');
    const { code, stdout } = await running.finished;
    expect(code).toBe(0);
    const [before = '', screen = ''] = stdout.split(ENTER_SCREEN);
    expect(before.trim()).toBe('');
    const [drawn = '', after = ''] = screen.split(LEAVE_SCREEN).map(withoutEscapes);
    expect(drawn).toContain('╭ Stages');
    expect(drawn).toContain('the books balance');
    expect(after).toContain('MASTER TRADER');
    expect(after).toContain('Journal head');
    const verdict = await runMt(['audit', 'verify', '--json'], { home: join(folder.path, 'a') });
    expect(oneJsonLine(verdict.stdout)).toMatchObject({ ok: true });
  });

  it('tells a refusal on the normal screen, with its exit code', async () => {
    const home = join(folder.path, 'b');
    await runMt(['kill'], { home });
    const { code, stdout } = await onTerminal('b', 'spawn').finished;
    expect(code).toBe(4);
    const after = withoutEscapes(stdout.split(LEAVE_SCREEN).at(-1) ?? '');
    expect(after).toContain('mt: trading is halted');
    expect(after).toContain('mt resume --reason');
    expect(after).toContain('Remedy: resume first');
  });

  it('opens the console on a bare mt, runs what is typed, and leaves the normal screen as it was', async () => {
    const running = onTerminal('c', '');
    await running.said(/No agents yet/);
    running.child.stdin?.write(':');
    await running.said(/▏/);
    running.child.stdin?.write('version\r');
    await running.said(/0\.1\.0/);
    running.child.stdin?.write('q');
    await running.said(/Leave, and end this engine/);
    running.child.stdin?.write('y');
    const { code, stdout } = await running.finished;
    expect(code).toBe(0);
    expect(withoutEscapes(stdout.split(ENTER_SCREEN)[0] ?? '').trim()).toBe('');
    expect(withoutEscapes(stdout.split(LEAVE_SCREEN).at(-1) ?? '').trim()).toBe('');
  });

  it('begins its first frame at the left edge, whatever was typed before it was there', async () => {
    const running = onTerminal('early', '', {}, 's');
    await running.said(/No agents yet/);
    running.child.stdin?.write('q');
    await running.said(/Leave, and end this engine/);
    running.child.stdin?.write('y');
    const { stdout } = await running.finished;
    expect(stdout.split(ENTER_SCREEN)[0]).toBe('s\r');
  });

  it.each([
    ['--plain', 'spawn --plain', {}],
    ['NO_COLOR', 'spawn', { NO_COLOR: '1' }],
    ['TERM=dumb', 'spawn', { TERM: 'dumb' }],
  ])('prints plain lines without an escape sequence with %s', async (_name, words, env) => {
    const { code, stdout } = await onTerminal(`plain-${_name}`, words, env).finished;
    expect(code).toBe(0);
    expect(stdout).toContain('Result  Traded');
    expect(stdout).not.toContain('\u001b');
  });

  it('prints one line of JSON with --json', async () => {
    const { code, stdout } = await onTerminal('json', 'spawn --json').finished;
    expect(code).toBe(0);
    expect(oneJsonLine(stdout.replaceAll('\r\n', '\n'))).toMatchObject({ state: 'completed' });
  });

  it('uses colours where there is a terminal, but never without a shape', async () => {
    const { stdout } = await onTerminal('a', 'agents').finished;
    expect(stdout).toContain('\u001b[');
    expect(stdout).toMatch(/[▲▼•]/);
  });
});
