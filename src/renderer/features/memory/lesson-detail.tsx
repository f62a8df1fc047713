import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import { said } from '../../app/said.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Moment } from '../../components/moment.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { Field } from '../lab/field.tsx';
import { LearnedIn } from './learned-in.tsx';

type Props = {
  readonly detail: AppOutput<'memory.show'>;
  readonly busy: boolean;
  readonly onRevoke: (reason: string) => void;
};

/** Where a lesson comes from, who knew it, and the way to strike it out. */
export function LessonDetail({ detail, busy, onRevoke }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const { lesson, decisions } = detail;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-13">{said(lesson.text)}</p>
      <p className="flex items-center gap-2 text-12 text-muted">
        {t('learned.memory.learnedIn')}
        <LearnedIn environment={lesson.environment} />
      </p>
      <p className="text-12 text-muted first-letter:uppercase">{said(lesson.why)}</p>
      <CopyText value={detail.recordHash} shown={detail.recordHash.slice(0, 12)} what={lesson.id} />
      <h3 className="text-12 font-bold">{t('learned.memory.decisions')}</h3>
      {lesson.status === 'revoked' && (
        <p className="text-12 text-warn">
          {t('learned.memory.touched', { count: decisions.filter(({ evidence }) => evidence === 'used').length })}
        </p>
      )}
      {decisions.length === 0 ? (
        <EmptyState>{t('learned.memory.noDecisions')}</EmptyState>
      ) : (
        <div className="max-h-60 overflow-y-auto">
          <Table
            label={t('learned.memory.decisions')}
            columns={[
              { label: t('learned.memory.run') },
              { label: t('learned.memory.when') },
              { label: t('learned.memory.decided') },
              { label: t('learned.memory.evidence') },
            ]}
          >
            {decisions.map(({ seq, runId, at, decided, evidence }) => (
              <tr key={seq}>
                <Cell className="figure-mono">{runId}</Cell>
                <Cell>
                  <Moment ms={at} form="short" />
                </Cell>
                <Cell>{t(decided === 'spawn' ? 'learned.memory.spawned' : 'learned.memory.noTrade')}</Cell>
                <Cell className="text-muted">
                  {t(evidence === 'used' ? 'learned.memory.used' : 'learned.memory.notUsed')}
                </Cell>
              </tr>
            ))}
          </Table>
        </div>
      )}
      {lesson.status !== 'revoked' && (
        <div className="flex flex-col gap-2">
          <Field label={t('learned.memory.reason')} value={reason} onChange={setReason} />
          <ConfirmButton
            label={t('learned.memory.revoke')}
            ask={t('learned.memory.revokeSure')}
            yes={t('learned.memory.revokeYes')}
            no={t('learned.memory.keep')}
            disabled={busy || reason.trim() === ''}
            onYes={() => onRevoke(reason.trim())}
          />
        </div>
      )}
    </div>
  );
}
