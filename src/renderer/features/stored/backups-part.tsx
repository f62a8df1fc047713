import { Archive } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { bytesText } from '#shared/format/bytes.ts';
import { decimalText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Moment } from '../../components/moment.tsx';
import { Setting } from '../../components/setting.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';

/** Copies of the data: made now, looked through byte by byte, and put back by the terminal while no engine runs. */
export function BackupsPart() {
  const { t } = useTranslation();
  const { stored } = useStores();
  const loaded = useStore(stored.backups);
  const { busy, error, run } = useAct();
  const [told, setTold] = useState<string | null>(null);

  const backUp = (): void =>
    void run(async () => setTold(t('health.backupMade', { name: (await stored.backUp()).name })));
  const verify = (name: string): void =>
    void run(async () => {
      const { ok, why } = await stored.verify(name);
      setTold(ok ? t('health.backupWhole', { name }) : t('health.backupDamaged', { name, why: said(why ?? '') }));
    });

  return (
    <>
      <Setting id="backups" label={t('stored.backups')} note={t('stored.backupsNote')}>
        {() => (
          <Button disabled={busy} onClick={backUp} icon={<Archive aria-hidden size={13} />}>
            {t('stored.backUp')}
          </Button>
        )}
      </Setting>
      <p role="status" className="px-3 text-12 text-muted empty:hidden">
        {told}
      </p>
      {error !== null && <ErrorState error={error} />}
      <LoadedView
        loaded={loaded}
        what={t('stored.backupsWhat')}
        retry={() => void stored.backups.refresh()}
        cancel={stored.backups.giveUp}
      >
        {(list) =>
          list.length === 0 ? (
            <EmptyState>{t('stored.noBackup')}</EmptyState>
          ) : (
            <Table
              label={t('stored.backups')}
              columns={[
                { label: t('stored.name') },
                { label: t('stored.made') },
                { label: t('stored.records'), align: 'right' },
                { label: t('stored.size'), align: 'right' },
                { label: t('stored.restore') },
                { label: '' },
              ]}
            >
              {list.map(({ name, createdAt, records, bytes }) => (
                <tr key={name} data-backup={name}>
                  <Cell className="figure-mono">{name}</Cell>
                  <Cell>
                    <Moment ms={createdAt} form="short" />
                  </Cell>
                  <Cell align="right" className="figure-mono">
                    {decimalText(String(records))}
                  </Cell>
                  <Cell align="right" className="figure-mono">
                    {bytesText(bytes)}
                  </Cell>
                  <Cell>
                    <CopyText
                      value={`mt backup restore ${name}`}
                      shown="mt backup restore"
                      what={t('stored.restoreCommand')}
                    />
                  </Cell>
                  <Cell align="right">
                    <Button disabled={busy} onClick={() => verify(name)} aria-label={t('stored.verifyOne', { name })}>
                      {t('stored.verify')}
                    </Button>
                  </Cell>
                </tr>
              ))}
            </Table>
          )
        }
      </LoadedView>
    </>
  );
}
