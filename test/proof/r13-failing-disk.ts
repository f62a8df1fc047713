import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NODE } from '../support/child.ts';
import { canLimitFiles, readOnlyDisk, smallDisk, tradeOnDisk } from '../support/disks.ts';
import type { DiskReport } from '../support/trade-on-disk.ts';
import { goalRow } from './goal-row.ts';
import type { Proof } from './types.ts';

const MAKE = resolve(import.meta.dirname, '../support/make-journal.ts');

/**
 * A disk that is full, that reports errors, that takes no writes: no order leaves without its record, resting orders are canceled with
 * what was set aside, and trading goes on when the disk does.
 */
export const r13: Proof = {
  id: 'R13',
  title: 'no order leaves without its record on a disk that fails',
  async run({ size, seed, scratch, say }) {
    const factor = size === 'ci' ? 1 : 10;
    const folder = (name: string): string => {
      const path = join(scratch, name);
      mkdirSync(path);
      return path;
    };
    const [fullFolder, readOnlyFolder] = [folder('full'), folder('read-only')];
    const full = smallDisk(fullFolder, 24);
    const readOnly = readOnlyDisk(readOnlyFolder, NODE, MAKE);
    const missing: string[] = [];
    const reports: { readonly kind: string; readonly report: DiskReport }[] = [];
    const add = async (kind: string, work: Promise<DiskReport>): Promise<void> => {
      const report = await work;
      reports.push({ kind, report });
      say(`${kind}: ${report.rounds} cases, ${report.messages.join(' | ')}`);
    };
    if (full === undefined) missing.push('a full disk (this user may not mount a small one)');
    else {
      for (let i = 0; i < factor; i++)
        await add(
          'full',
          tradeOnDisk({ home: join(fullFolder, 'home'), kind: 'full', rounds: 30, seed: seed + i }, full),
        );
    }
    if (canLimitFiles()) {
      for (let i = 0; i < factor; i++)
        await add(
          'error',
          tradeOnDisk({ home: join(folder(`error-${i}`), 'home'), kind: 'error', rounds: 12, seed: seed + i }),
        );
    } else missing.push('write errors (no prlimit)');
    if (readOnly === undefined) missing.push('a read-only disk (this user may not mount one)');
    else
      await add(
        'read-only',
        tradeOnDisk({ home: join(readOnlyFolder, 'home'), kind: 'read-only', rounds: 8 * factor, seed }, readOnly),
      );
    let hasty: DiskReport | undefined;
    if (full !== undefined) {
      const task = { home: join(fullFolder, 'home'), kind: 'full', rounds: 2, seed, hasty: true } as const;
      hasty = await tradeOnDisk(task, full);
    }
    if (reports.length === 0) return { kind: 'not run', why: missing.join('; ') };

    const sum = (of: (report: DiskReport) => number, kind?: string): number =>
      reports
        .filter((one) => kind === undefined || one.kind === kind)
        .reduce((total, { report }) => total + of(report), 0);
    const cases = sum((r) => r.rounds);
    const trading = cases - sum((r) => r.rounds, 'read-only');
    const unrecorded = sum((r) => r.unrecorded) + sum((r) => r.sentWhileFailing);
    const recovered = sum((r) => r.recovered);
    const [resting, canceled] = [sum((r) => r.resting, 'full'), sum((r) => r.canceled, 'full')];
    const kinds = [...new Set(reports.map(({ kind }) => kind))].join(', ');
    return {
      kind: 'ran',
      rows: [
        goalRow(
          `orders sent without a record, or while it was refused (${kinds})`,
          '0',
          String(unrecorded),
          cases,
          unrecorded === 0 && cases >= 50,
        ),
        goalRow(
          'cases in which orders went out again when the disk took records again',
          'all',
          `${recovered} of ${trading}`,
          trading,
          recovered === trading,
        ),
        goalRow(
          'resting orders canceled, with a record, on the full disk',
          'all',
          `${canceled} of ${resting}`,
          resting,
          canceled === resting && resting > 0,
        ),
        goalRow(
          'journals whole afterwards',
          'all',
          `${reports.filter(({ report }) => report.whole).length} of ${reports.length}`,
          reports.length,
          reports.every(({ report }) => report.whole),
        ),
        {
          what: `orders that reached the venue, and orders refused for want of a record${missing.length === 0 ? '' : `; not run: ${missing.join('; ')}`}`,
          goal: 'more than 100 each, so that the zero means something',
          measured: `${sum((r) => r.sent)} and ${sum((r) => r.refused)}`,
          n: cases,
          kind: 'control',
          met: sum((r) => r.sent) > 100 && sum((r) => r.refused) > 100,
        },
        {
          what: 'forgetting that a record could not be written would have been seen',
          goal: 'seen',
          measured: hasty === undefined ? 'not run' : `${hasty.unrecorded} orders without a record`,
          n: hasty?.sent ?? 0,
          kind: 'control',
          met: hasty === undefined || (hasty.unrecorded > 0 && hasty.sentWhileFailing > 0),
        },
      ],
    };
  },
};
