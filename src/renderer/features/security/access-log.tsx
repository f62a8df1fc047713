import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AccessEntry } from '#shared/contract/access.ts';
import { said } from '../../app/said.ts';
import { Moment } from '../../components/moment.tsx';
import { Setting } from '../../components/setting.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';

const REFUSED: ReadonlySet<AccessEntry['what']> = new Set(['unlock_failed', 'step_up_failed']);

/** Who came, what was proved and what was refused. */
export function AccessLog() {
  const { t } = useTranslation();
  const { access } = useStores();
  const loaded = useStore(access.log);
  return (
    <>
      <Setting id="accessLog" label={t('security.log')} note={t('security.logNote')}>
        {() => null}
      </Setting>
      <LoadedView
        loaded={loaded}
        what={t('security.log')}
        retry={() => void access.log.refresh()}
        cancel={access.log.giveUp}
      >
        {(entries) =>
          entries.length === 0 ? (
            <EmptyState>{t('security.logEmpty')}</EmptyState>
          ) : (
            <Table
              label={t('security.log')}
              columns={(['When', 'What', 'Who', 'How'] as const).map((name) => ({ label: t(`security.log${name}`) }))}
            >
              {entries.map(({ seq, at, what, face, how }) => (
                <tr key={seq}>
                  <Cell>
                    <Moment ms={at} />
                  </Cell>
                  <Cell className={REFUSED.has(what) ? 'text-danger' : ''}>{t(`security.did.${what}`)}</Cell>
                  <Cell>{said(face)}</Cell>
                  <Cell className="text-muted">{said(how)}</Cell>
                </tr>
              ))}
            </Table>
          )
        }
      </LoadedView>
    </>
  );
}
