import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NODE } from '../../support/child.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const WORDS = `
  const { coreDumps, forbidCoreDumps } = await import('#host/core-dumps.ts');
  const before = coreDumps();
  forbidCoreDumps();
  const { execFileSync } = await import('node:child_process');
  const child = execFileSync('sh', ['-c', 'ulimit -c']).toString().trim();
  console.log(JSON.stringify({ before, after: coreDumps(), child }));
`;
const run = (limit: string): unknown => {
  const node = `${NODE} --input-type=module -e "$0"`;
  const done = spawnSync('sh', ['-c', `ulimit -S -c ${limit} && exec ${node}`, WORDS], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
};

describe.runIf(process.platform === 'linux')('core dumps', () => {
  it('are off for the process and what it starts, where they were possible before', () => {
    expect(run('$(ulimit -H -c)')).toMatchObject({ after: 'off', child: '0' });
  });

  it('stay off where they were', () => {
    expect(run('0')).toEqual({ before: 'off', after: 'off', child: '0' });
  });
});
