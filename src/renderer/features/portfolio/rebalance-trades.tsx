import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RebalanceView } from '#shared/contract/rebalance.ts';
import { decimalText } from '#shared/format/figures.ts';
import { environmentTag } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { Num } from '../../components/figures.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { SideMark } from './side-mark.tsx';

type Props = {
  readonly plan: RebalanceView;
  readonly env: string;
  readonly asset: string;
  /** What can be done with it. */
  readonly children: ReactNode;
};

/** What a rebalancing would trade, or has traded, with the reason of each order and of what was left. */
export function RebalanceTrades({ plan, env, asset, children }: Props) {
  const { t } = useTranslation();
  const { preview, total, trades, left } = plan;
  const title = t(preview ? 'portfolio.previewTitle' : 'portfolio.sentTitle');
  return (
    <div className="border-t border-line" role="region" aria-label={title} data-plan={preview ? 'preview' : 'sent'}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2 text-12">
        <h3 className="font-bold">{title}</h3>
        <span className="figure text-faint">
          {t(preview ? 'portfolio.previewOf' : 'portfolio.sentOf', { amount: decimalText(total, 2), asset })}
        </span>
        <span className="ml-auto">{children}</span>
      </div>
      {trades.length === 0 ? (
        <p className="px-3 pb-3 text-12 text-muted">{t('portfolio.inBand')}</p>
      ) : (
        <Table
          label={title}
          columns={[
            { label: t('portfolio.instrument') },
            { label: t('portfolio.side') },
            { label: t('portfolio.quantity'), align: 'right' },
            { label: t('portfolio.outcome') },
            { label: t('portfolio.why') },
          ]}
        >
          {trades.map(({ instrument, side, quantity, why, outcome, detail }) => (
            <tr key={`${instrument} ${side}`} data-env={environmentTag(env)} data-outcome={outcome}>
              <Cell className="font-medium">{instrument}</Cell>
              <Cell>
                <SideMark side={side} />
              </Cell>
              <Cell align="right">
                <Num text={quantity} />
              </Cell>
              <Cell className={outcome === 'refused' ? 'text-danger' : ''}>{t(`portfolio.outcomes.${outcome}`)}</Cell>
              <Cell className="min-w-56 py-1 whitespace-normal text-muted">
                {said(why)}
                {detail !== '' && <span className="block text-danger">{said(detail)}</span>}
              </Cell>
            </tr>
          ))}
        </Table>
      )}
      {left.length > 0 && (
        <div className="border-t border-hair px-3 py-2 text-12">
          <div className="text-11 text-faint">{t('portfolio.left')}</div>
          <ul>
            {left.map(({ instrument, why }) => (
              <li key={instrument}>
                <span className="font-medium">{instrument}</span> <span className="text-muted">{said(why)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
