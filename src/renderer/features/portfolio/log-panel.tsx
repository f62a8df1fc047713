import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { environmentTag } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';

/** Every lock, release, rule, target and rebalancing with its reason, as the engine wrote it down. */
export function PortfolioLog({ env }: { readonly env: string }) {
  const { t } = useTranslation();
  const { treasury } = useStores();
  const loaded = useStore(treasury.log);
  useEffect(() => void treasury.log.refresh(), [treasury]);
  return (
    <Panel title={t('portfolio.log')} note={t('portfolio.logNote')} env={env} flush>
      <LoadedView
        loaded={loaded}
        what={t('portfolio.theLog')}
        retry={() => void treasury.log.refresh()}
        cancel={() => treasury.log.giveUp()}
      >
        {(events) =>
          events.length === 0 ? (
            <EmptyState>{t('portfolio.noLog')}</EmptyState>
          ) : (
            <div className="max-h-72 overflow-y-auto">
              <Table
                label={t('portfolio.log')}
                columns={[
                  { label: t('portfolio.when') },
                  { label: t('portfolio.done') },
                  { label: t('portfolio.why') },
                ]}
              >
                {events.map(({ seq, at, kind, what, why }) => (
                  <tr key={seq} data-kind={kind} data-env={environmentTag(env)}>
                    <Cell>
                      <Moment ms={at} form="short" className="text-muted" />
                    </Cell>
                    <Cell className="min-w-48 py-1 whitespace-normal">{said(what)}</Cell>
                    <Cell className="min-w-48 py-1 whitespace-normal text-muted">{said(why)}</Cell>
                  </tr>
                ))}
              </Table>
            </div>
          )
        }
      </LoadedView>
    </Panel>
  );
}
