import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { useAct } from '../../app/use-act.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Moment } from '../../components/moment.tsx';
import { Setting } from '../../components/setting.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import type { KeyName } from '../../stores/exchanges-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { KeySheet } from './key-sheet.tsx';

/** Names of the keys; what they are made of never comes back. */
export function KeysPart() {
  const { t } = useTranslation();
  const { exchanges, vault } = useStores();
  const loaded = useStore(exchanges.keys);
  const venues = useStore(exchanges.venues, ({ data }) => data);
  const bare = useStore(vault, ({ status }) => status?.state === 'open');
  const { busy, error, run } = useAct();
  const [sheet, setSheet] = useState<{ readonly known: KeyName | null } | null>(null);
  return (
    <>
      <Setting
        id="exchangeKeys"
        label={t('exchanges.keys')}
        note={
          <>
            {t('exchanges.keysNote')}
            {bare && (
              <span className="mt-1 block text-warn">
                {t('exchanges.keysNeed')}{' '}
                <Link href="/settings/security" className="inline-block min-h-6 text-accent underline">
                  {t('exchanges.toSecurity')}
                </Link>
              </span>
            )}
          </>
        }
      >
        {() => (
          <Button disabled={bare || venues === null} onClick={() => setSheet({ known: null })}>
            {t('exchanges.addKey')}
          </Button>
        )}
      </Setting>
      {error !== null && <ErrorState error={error} />}
      <LoadedView
        loaded={loaded}
        what={t('exchanges.keysLoading')}
        retry={() => void exchanges.keys.refresh()}
        cancel={exchanges.keys.giveUp}
      >
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState>{t('exchanges.keysEmpty')}</EmptyState>
          ) : (
            <Table
              label={t('exchanges.keys')}
              columns={[
                { label: t('exchanges.name') },
                { label: t('exchanges.venue') },
                { label: t('exchanges.stored') },
                { label: t('exchanges.act'), align: 'right' },
              ]}
            >
              {keys.map((key) => (
                <tr key={key.name} data-key={key.name}>
                  <Cell className="font-medium">{key.name}</Cell>
                  <Cell>{key.venue}</Cell>
                  <Cell>
                    <Moment ms={key.addedAt} />
                  </Cell>
                  <Cell align="right">
                    <span className="inline-flex flex-wrap items-center justify-end gap-1">
                      <Button kind="quiet" disabled={venues === null} onClick={() => setSheet({ known: key })}>
                        {t('exchanges.change')}
                      </Button>
                      <ConfirmButton
                        label={t('exchanges.remove')}
                        ask={t('exchanges.removeKeyAsk', { name: key.name })}
                        yes={t('exchanges.remove')}
                        no={t('exchanges.cancel')}
                        disabled={busy}
                        onYes={() => void run(() => exchanges.removeKey(key.name))}
                      />
                    </span>
                  </Cell>
                </tr>
              ))}
            </Table>
          )
        }
      </LoadedView>
      {sheet !== null && venues !== null && (
        <KeySheet known={sheet.known} venues={venues} onClose={() => setSheet(null)} />
      )}
    </>
  );
}
