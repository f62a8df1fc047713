import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODE } from '../support/child.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { oneJsonLine, startInstalled } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-start');
let installed = '';

beforeAll(async () => {
  installed = await installedTerminal();
});
afterAll(() => folder.remove());

describe('npm start on a machine without a display', () => {
  it('says so in one line, runs the cycle on the simulated market, and ends with exit code 0', async () => {
    const running = startInstalled([NODE, join(installed, 'scripts/start.mjs')], {
      env: { MT_HOME: join(folder.path, 'home') },
    });
    const { code, stdout, stderr } = await running.finished;
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const [first, second] = stdout.split('\n');
    expect(first).toMatch(/^No display was found: .* in the terminal/);
    expect(second).toMatch(/^MASTER TRADER {2}◧ SIMULATED {2}simulated market, seed \d+$/);
    expect(stdout).toContain('Result  Traded');
    expect(stdout).toContain('the books balance');
    expect(stdout).not.toContain('\u001b');
    const ms = Number(/Press to first order +(\d+) ms/.exec(stdout)?.[1]);
    expect(ms).toBeGreaterThan(0);
    console.log(`press to first order without a display: ${ms} ms`);
  });

  it('passes arguments on', async () => {
    const running = startInstalled([NODE, join(installed, 'scripts/start.mjs'), '--json'], {
      env: { MT_HOME: join(folder.path, 'other') },
    });
    const { stdout } = await running.finished;
    const [, answer = ''] = stdout.split(/(?<=\n)/);
    expect(oneJsonLine(answer)).toMatchObject({ state: 'completed' });
  });
});
