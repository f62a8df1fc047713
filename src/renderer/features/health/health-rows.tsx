import { clsx } from 'clsx';
import { Check, CircleDashed, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HealthRow } from '#shared/contract/health.ts';
import { said } from '../../app/said.ts';
import { Cell, Table } from '../../components/table.tsx';

/** Shape, word and colour together. */
const LOOKS = {
  ok: { icon: Check, tone: 'text-ok' },
  warn: { icon: TriangleAlert, tone: 'text-warn' },
  bad: { icon: OctagonAlert, tone: 'text-danger' },
  off: { icon: CircleDashed, tone: 'text-faint' },
} as const;

/** One row for each part of the engine. */
export function HealthRows({ rows }: { readonly rows: readonly HealthRow[] }) {
  const { t } = useTranslation();
  return (
    <Table
      label={t('health.parts')}
      columns={[
        { label: t('health.part') },
        { label: t('health.state') },
        { label: t('health.value') },
        { label: t('health.why') },
      ]}
    >
      {rows.map(({ id, state, value, detail }) => {
        const { icon: Icon, tone } = LOOKS[state];
        return (
          <tr key={id} data-health={id} data-state={state}>
            <Cell className="font-bold">{t(`health.rows.${id}`)}</Cell>
            <Cell>
              <span className={clsx('inline-flex items-center gap-1.5', tone)}>
                <Icon aria-hidden size={13} />
                {t(`health.states.${state}`)}
              </span>
            </Cell>
            <Cell className="figure">{said(value)}</Cell>
            <Cell className="min-w-80 whitespace-normal text-muted">{said(detail)}</Cell>
          </tr>
        );
      })}
    </Table>
  );
}
