import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ApprovalView } from '#shared/contract/automation.ts';
import { environmentTag } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Chip, type Tone } from '../../components/chip.tsx';
import { EnvTag } from '../../components/env.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useEngine, useStores } from '../../stores/stores-context.tsx';
import { ApprovalCard } from './approval-card.tsx';

const TONE: Readonly<Record<ApprovalView['state'], Tone>> = {
  pending: 'warn',
  approved: 'good',
  rejected: 'neutral',
  expired: 'neutral',
};

function History({ decided }: { readonly decided: readonly ApprovalView[] }) {
  const { t } = useTranslation();
  const named = useNames();
  if (decided.length === 0) return <EmptyState>{t('approvals.noHistory')}</EmptyState>;
  const column = (name: 'id' | 'what' | 'state' | 'by' | 'when' | 'why') => ({ label: t(`approvals.column.${name}`) });
  return (
    <Table
      label={t('approvals.history')}
      columns={[column('id'), column('what'), column('state'), column('by'), column('when'), column('why')]}
    >
      {decided.map((one) => (
        <tr key={one.id} data-approval={one.id} data-env={environmentTag(one.environment)}>
          <Cell>
            <span className="figure-mono text-11">{one.id}</span>
          </Cell>
          <Cell>
            {t('approvals.of', {
              family: named('families', one.family),
              instrument: one.instrument,
              interval: one.interval,
            })}{' '}
            <EnvTag environment={one.environment} />
          </Cell>
          <Cell>
            <Chip tone={TONE[one.state]}>{t(`approvals.state.${one.state}`)}</Chip>
          </Cell>
          <Cell>{one.by === null ? '' : t(`approvals.face.${one.by}`)}</Cell>
          <Cell>{one.decidedAt === null ? '' : <Moment ms={one.decidedAt} form="short" />}</Cell>
          <Cell className="max-w-96 truncate">
            <span title={one.reason === null ? undefined : said(one.reason)}>{said(one.reason ?? '')}</span>
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** What waits for the master, and what was decided. `approvalId`: the one that an alert leads to. */
export function ApprovalsScreen({ approvalId }: { readonly approvalId: string | null }) {
  const { t } = useTranslation();
  const { automation } = useStores();
  const loaded = useStore(automation.approvals);
  const mode = useEngine((state) => state.status?.mode ?? null);
  useEffect(() => {
    void automation.approvals.refresh();
  }, [automation]);
  const empty = mode === 'semi' ? 'approvals.noneSemi' : mode === 'full' ? 'approvals.noneFull' : 'approvals.none';
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('approvals.title')}</h1>
      <LoadedView
        loaded={loaded}
        what={t('approvals.what')}
        retry={() => void automation.approvals.refresh()}
        cancel={automation.approvals.giveUp}
      >
        {({ pending, decided }) => (
          <>
            <Panel
              title={t('approvals.queue')}
              note={pending.length === 0 ? undefined : t('approvals.waiting', { count: pending.length })}
              flush
            >
              {pending.length === 0 ? (
                <EmptyState>{t(empty)}</EmptyState>
              ) : (
                <div className="flex flex-col gap-3 p-3">
                  {pending.map((approval) => (
                    <ApprovalCard key={approval.id} approval={approval} aimedAt={approval.id === approvalId} />
                  ))}
                </div>
              )}
            </Panel>
            <Panel title={t('approvals.history')} flush>
              <History decided={decided} />
            </Panel>
          </>
        )}
      </LoadedView>
    </div>
  );
}
