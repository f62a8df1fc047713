import { resolve } from 'node:path';
import { sha256 } from '#adapters/digest/sha256.ts';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { createChain } from '#core/journal/chain.ts';
import { KEYCHAIN_SERVICE } from '#host/engine-config.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { BackupView } from '#shared/contract/backup.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { askCredential } from '../secrets/credentials.ts';
import { moment } from '../text/figures.ts';
import { line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

const BYTES_PER_MEGABYTE = 1_000_000;
const size = (bytes: number): string => `${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`;

export const runBackupNow: Run<ArgsOf<'backup.now'>> = (_args, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const made = await client.invoke('backup.make', {});
    context.output.lines([
      line(
        span('✓ Backed up', 'up'),
        `: ${made.name}`,
        span(`  ${countText(made.records, 'record')}, ${size(made.bytes)}`, 'muted'),
      ),
    ]);
    context.output.answer(made);
    return EXIT.ok;
  });

export const runBackupList: Run<ArgsOf<'backup.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const backups = await client.invoke('backup.list', {});
    context.output.lines(
      backups.length === 0
        ? [line('There is no backup yet.'), line(span('Make one: mt backup now', 'muted'))]
        : table<BackupView>(
            [
              { title: 'BACKUP', cell: ({ name }) => name },
              { title: 'MADE', cell: ({ createdAt }) => moment(createdAt) },
              { title: 'RECORDS', cell: ({ records }) => String(records), align: 'right' },
              { title: 'SIZE', cell: ({ bytes }) => size(bytes), align: 'right' },
            ],
            backups,
          ),
    );
    context.output.answer({ backups });
    return EXIT.ok;
  });

/** Exit code 1 for a damaged one, so that a script notices. */
export const runBackupVerify: Run<ArgsOf<'backup.verify'>> = ({ name }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const verdict = await client.invoke('backup.verify', name === undefined ? {} : { name });
    context.output.lines([
      verdict.ok
        ? line(span('✓ Whole', 'up'), `: ${verdict.backup.name}, ${countText(verdict.backup.records, 'record')}`)
        : line(span('✕ Damaged', 'danger'), `: ${verdict.backup.name}: ${verdict.why ?? 'unknown'}`),
    ]);
    context.output.answer(verdict);
    return verdict.ok ? EXIT.ok : EXIT.failed;
  });

/** Without an engine: what it would hold open is just what is replaced. */
export const runBackupRestore: Run<ArgsOf<'backup.restore'>> = async ({ backup, to, takeOver }, context) => {
  const { prompt } = context;
  const { randomBytes } = await import('node:crypto');
  const { restoreBackup } = await import('#host/backup/restore-backup.ts');
  const { createKeytarStore } = await import('#adapters/secrets-keytar/keytar-store.ts');
  const report = await restoreBackup({
    home: context.home,
    backup: /[\\/]/.test(backup) ? resolve(context.cwd, backup) : backup,
    ...(to === undefined ? {} : { to: resolve(context.cwd, to) }),
    takeOver,
    secrets: createKeytarStore(KEYCHAIN_SERVICE),
    now: Date.now,
    randomBytes,
    chain: createChain(sha256),
    logger: createRingLogger({ verbose: context.verbose }),
    ...(prompt.interactive ? { askCredential: () => askCredential(prompt, 'passphrase', undefined) } : {}),
  });
  context.output.lines([
    line(span('✓ Restored', 'up'), `: ${countText(report.records, 'record')} of ${moment(report.createdAt)}`),
    ...pairs([
      ['Folder', line(report.home)],
      ...(report.aside === null ? [] : [['Before', line(report.aside, span('  kept aside', 'muted'))] as const]),
    ]),
  ]);
  context.output.answer(report);
  return EXIT.ok;
};
