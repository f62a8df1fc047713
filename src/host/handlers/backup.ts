import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { BackupService } from '../backup/backup-service.ts';

type BackupHandlers = Pick<AppHandlers, 'backup.list' | 'backup.make' | 'backup.verify'>;

const LONGEST_WHY = 400;

export const createBackupHandlers = (backups: BackupService): BackupHandlers => ({
  'backup.list': () => backups.list().map((entry) => ({ ...entry })),
  'backup.make': () => backups.make(),
  async 'backup.verify'({ name }) {
    const { entry, verdict } = await backups.check(name);
    return { backup: { ...entry }, ok: verdict.ok, why: verdict.ok ? null : verdict.why.slice(0, LONGEST_WHY) };
  },
});
