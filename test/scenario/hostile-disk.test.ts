import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startScript } from '../support/child.ts';
import { tempFolder } from '../support/temp-folder.ts';

let folder = tempFolder();
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => folder.remove());

describe('a disk that does not play along', () => {
  it('refuses a folder that this user may not write, and names it', async () => {
    if (process.platform === 'win32') {
      console.log('not run: read-only folder (rights work differently on Windows)');
      return;
    }
    // Rights do not bind root, so that root runs this as the user nobody.
    const uid = process.getuid?.() === 0 ? 65_534 : undefined;
    chmodSync(folder.path, 0o755);
    const existing = join(folder.path, 'existing');
    mkdirSync(existing);
    chmodSync(existing, 0o555);
    chmodSync(folder.path, 0o555);
    for (const path of [existing, join(folder.path, 'new')]) {
      const { stdout, stderr } = await startScript('open-home.ts', [path], uid === undefined ? {} : { uid }).finished;
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toMatchObject({
        ok: false,
        code: 'storage',
        message: `the data folder ${path} is read-only for this user`,
      });
    }
    chmodSync(folder.path, 0o755);
  });

  it('that runs full costs no acknowledged record and tears none', async () => {
    // A tiny disk of our own, in a mount namespace that ends with the process.
    const mount = `mount -t tmpfs -o size=2m tmpfs '${folder.path}' && exec "$@"`;
    const before = ['unshare', '-m', 'sh', '-c', mount, 'sh'];
    const possible = spawnSync(before[0] ?? '', [...before.slice(1), 'true']).status === 0;
    if (!possible) {
      console.log('not run: full disk (this user may not mount a small one)');
      return;
    }
    const { stdout, stderr } = await startScript('fill-disk.ts', [folder.path], { before }).finished;
    expect(stderr).toBe('');
    const report = JSON.parse(stdout) as { acknowledged: number; fault: unknown; verdict: unknown; reopened: unknown };
    expect(report.fault).toMatchObject({ code: 'storage', message: expect.stringContaining('disk is full') });
    expect(report.acknowledged).toBeGreaterThan(50);
    const whole = { ok: true, records: report.acknowledged };
    expect(report).toMatchObject({ verdict: whole, reopened: whole });
  });
});
