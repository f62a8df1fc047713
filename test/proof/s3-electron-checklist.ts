import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Check, judgeFuses, judgePoints, type PointResult } from '../support/electron-checklist.ts';
import { FUSES } from '../support/fuses.ts';
import { findElectron } from '../support/runtimes.ts';
import type { Proof, ProofRow } from './types.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** The tests that carry the points in their names. */
const FILES = [
  'test/unit/main',
  'test/architecture/electron.test.ts',
  'test/renderer/policy.test.ts',
  'test/e2e/hardening.test.ts',
  'test/e2e/packaged.test.ts',
];

type Report = {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
};

async function runChecks(report: string): Promise<readonly Check[]> {
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', '--no-file-parallelism', '--reporter=json', `--outputFile=${report}`, ...FILES];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'ignore' });
  await once(child, 'exit');
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'passed' || status === 'failed')
      .map(({ fullName, status }) => ({ title: fullName, passed: status === 'passed' })),
  );
}

const lineOf = ({ label, passed, failed }: PointResult): string =>
  failed.length > 0
    ? `${label}: FAILED ${failed.join('; ')}`
    : passed === 0
      ? `${label}: NO CHECK`
      : `${label}: ${passed} checks`;

/** One table: each point of Electron's checklist and each fuse of the package has at least one check, and all of them pass. */
export const s3: Proof = {
  id: 'S3',
  title: "Electron's checklist and the fuses of the package",
  async run({ scratch, say }) {
    const electron = findElectron();
    if ('missing' in electron) return { kind: 'not run', why: electron.missing };
    const checks = await runChecks(join(scratch, 'report.json'));
    const points = judgePoints(checks);
    const fuses = judgeFuses(FUSES, checks);
    for (const result of [...points, ...fuses]) say(lineOf(result));
    const row = (what: string, results: readonly PointResult[]): ProofRow => {
      const missed = results.filter(({ met }) => !met);
      return {
        what,
        goal: `${results.length}/${results.length}`,
        measured: `${results.length - missed.length}/${results.length}${missed.map((one) => `; ${lineOf(one)}`).join('')}`,
        n: results.reduce((sum, { passed }) => sum + passed, 0),
        kind: 'goal',
        met: missed.length === 0,
      };
    };
    const without = judgePoints(checks.filter(({ title }) => !title.includes('[checklist 15]')));
    const failing = judgePoints(
      checks.map((check) => (check.title.includes('[checklist 7]') ? { ...check, passed: false } : check)),
    );
    const seen =
      without.filter(({ met }) => !met).length === 1 &&
      failing.some(({ label, met }) => label.startsWith('7 ') && !met);
    return {
      kind: 'ran',
      rows: [
        row('points of the checklist whose checks all pass', points),
        row('fuses read back from the packaged program', fuses),
        {
          what: 'a point without a check, and one whose check fails, are seen',
          goal: 'seen',
          measured: seen ? 'seen' : 'not seen',
          n: 2,
          kind: 'control',
          met: seen,
        },
      ],
    };
  },
};
