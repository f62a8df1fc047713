import { Archive, ClipboardCopy, Download, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { said } from '../../app/said.ts';
import { saveFile } from '../../app/save-file.ts';
import { Button } from '../../components/button.tsx';
import { ErrorState } from '../../components/states.tsx';
import { type ViewError, viewError } from '../../stores/loaded.ts';
import { useStores } from '../../stores/stores-context.tsx';

const DIAGNOSTICS = 'diagnostics.json';

type Busy = 'backup' | 'verify' | null;

/** A backup now, a look at the newest one, and what somebody who helps needs to see: without any amount or secret. */
export function HealthActions() {
  const { t } = useTranslation();
  const { health, stored } = useStores();
  const [busy, setBusy] = useState<Busy>(null);
  const [told, setTold] = useState<string | null>(null);
  const [error, setError] = useState<ViewError | null>(null);

  const run = async (kind: Exclude<Busy, null>, work: () => Promise<string>): Promise<void> => {
    if (busy !== null) return;
    setBusy(kind);
    setError(null);
    setTold(null);
    try {
      setTold(await work());
    } catch (thrown) {
      setError(viewError(thrown));
    } finally {
      setBusy(null);
      void health.refresh();
    }
  };
  const backUp = () => run('backup', async () => t('health.backupMade', { name: (await stored.backUp()).name }));
  const verify = () =>
    run('verify', async () => {
      const { ok, why, backup } = await stored.verify();
      return ok
        ? t('health.backupWhole', { name: backup.name })
        : t('health.backupDamaged', { name: backup.name, why: said(why ?? '') });
    });
  const diagnostics = (): string =>
    JSON.stringify({ health: health.view.getState().data, log: health.log.getState().data }, null, 2);
  const copy = () => void navigator.clipboard.writeText(diagnostics()).then(() => setTold(t('health.actions.copied')));
  const save = () => {
    saveFile(DIAGNOSTICS, diagnostics());
    setTold(t('health.actions.saved', { name: DIAGNOSTICS }));
  };
  return (
    <div className="border-b border-hair">
      <div className="flex flex-wrap items-center gap-2 px-3 py-2">
        <Button onClick={() => void backUp()} disabled={busy !== null} icon={<Archive aria-hidden size={13} />}>
          {busy === 'backup' ? t('health.actions.backingUp') : t('health.actions.backup')}
        </Button>
        <Button onClick={() => void verify()} disabled={busy !== null} icon={<ShieldCheck aria-hidden size={13} />}>
          {busy === 'verify' ? t('health.actions.verifying') : t('health.actions.verifyBackup')}
        </Button>
        <Button kind="quiet" onClick={copy} icon={<ClipboardCopy aria-hidden size={13} />}>
          {t('health.actions.copy')}
        </Button>
        <Button kind="quiet" onClick={save} icon={<Download aria-hidden size={13} />}>
          {t('health.actions.save')}
        </Button>
        <span role="status" className="text-12 text-muted">
          {told}
        </span>
      </div>
      {error !== null && <ErrorState error={error} />}
    </div>
  );
}
