import { statSync } from 'node:fs';
import { cpus, freemem, loadavg, totalmem } from 'node:os';
import { basename } from 'node:path';
import type { LogLine } from '#adapters/logger/ring-logger.ts';
import type { AccountView } from '#shared/contract/accounts.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import type { HealthRow } from '#shared/contract/health.ts';
import type { BackupService } from '../backup/backup-service.ts';
import { type EngineLoad } from '../health/engine-load.ts';
import { healthRows, worstOf } from '../health/health-rows.ts';
import type { HomePaths } from '../home-folder.ts';
import type { EngineParts } from '../parts.ts';

type HealthHandlers = Pick<AppHandlers, 'health.get' | 'health.log'>;

export type HealthSources = {
  readonly parts: EngineParts;
  readonly paths: HomePaths;
  readonly backups: Pick<BackupService, 'list'>;
  readonly status: () => EngineStatus;
  readonly accounts: () => readonly AccountView[];
  readonly load: () => EngineLoad;
  readonly log: (() => readonly LogLine[]) | undefined;
};

const LEVELS = ['info', 'warn', 'error'] as const;
const LONGEST_MESSAGE = 1000;
const LONGEST_DETAIL = 4000;

const sizeOf = (path: string): readonly { readonly name: string; readonly bytes: number }[] => {
  try {
    return [{ name: basename(path), bytes: statSync(path).size }];
  } catch {
    // Not made yet.
    return [];
  }
};

const detailText = (detail: unknown): string | null =>
  detail === undefined ? null : JSON.stringify(detail).slice(0, LONGEST_DETAIL);

/** The rows of this moment. */
export const rowsOf = (sources: HealthSources, load: EngineLoad = sources.load()): HealthRow[] =>
  healthRows({
    now: Date.now(),
    status: sources.status(),
    dataFault: sources.parts.dataFault(),
    load,
    newestBackup: sources.backups.list()[0],
    accounts: sources.accounts(),
    log: sources.log?.(),
  });

export const createHealthHandlers = (sources: HealthSources): HealthHandlers => ({
  'health.get'() {
    const { parts, paths } = sources;
    const load = sources.load();
    const rows = rowsOf(sources, load);
    return {
      at: Date.now(),
      startedAt: parts.startedAt,
      state: worstOf(rows),
      rows,
      ...load,
      machine: {
        cores: cpus().length,
        load1: loadavg()[0] ?? 0,
        freeMemoryBytes: freemem(),
        totalMemoryBytes: totalmem(),
      },
      files: [paths.journalDb, `${paths.journalDb}-wal`, paths.marketDb, paths.labDb].flatMap(sizeOf),
    };
  },
  'health.log'({ level, limit }) {
    const wanted = LEVELS.slice(LEVELS.indexOf(level));
    return (sources.log?.() ?? [])
      .filter((line) => wanted.includes(line.level))
      .slice(-limit)
      .map(({ ts, level: of, message, detail }) => ({
        ts,
        level: of,
        message: message.slice(0, LONGEST_MESSAGE),
        detail: detailText(detail),
      }));
  },
});
