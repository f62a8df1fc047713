import { useTranslation } from 'react-i18next';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import { environmentTag } from '#shared/format/names.ts';
import { Num, Price, SignedMoney } from '../../components/figures.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';

/** What is held of each instrument, by agents and by hand together. */
export function PositionsTable({ portfolio }: { readonly portfolio: PortfolioView }) {
  const { t } = useTranslation();
  const { positions, environment } = portfolio;
  if (positions.length === 0) return <EmptyState>{t('portfolio.noPosition')}</EmptyState>;
  return (
    <Table
      label={t('portfolio.positions')}
      columns={[
        { label: t('portfolio.instrument') },
        { label: t('portfolio.direction') },
        { label: t('portfolio.quantity'), align: 'right' },
        { label: t('portfolio.average'), align: 'right' },
        { label: t('portfolio.last'), align: 'right' },
        { label: t('portfolio.value'), align: 'right' },
        { label: t('portfolio.unrealised'), align: 'right' },
        { label: t('portfolio.realised'), align: 'right' },
        { label: t('portfolio.fees'), align: 'right' },
      ]}
    >
      {positions.map((position) => (
        <tr key={position.instrument} data-env={environmentTag(environment)}>
          <Cell className="font-medium">{position.instrument}</Cell>
          <Cell className={position.direction === 'long' ? 'text-up' : 'text-muted'}>
            {t(`portfolio.directions.${position.direction}`)}
          </Cell>
          <Cell align="right">
            <Num text={position.quantity} />
          </Cell>
          <Cell align="right">
            {position.averagePrice === null ? (
              '–'
            ) : (
              <Price value={position.averagePrice} decimals={position.priceDecimals} />
            )}
          </Cell>
          <Cell align="right">
            {position.lastPrice === null ? '–' : <Price value={position.lastPrice} decimals={position.priceDecimals} />}
          </Cell>
          <Cell align="right">
            <Num text={position.value} decimals={2} />
          </Cell>
          <Cell align="right">
            <SignedMoney text={position.unrealisedPnl} />
          </Cell>
          <Cell align="right">
            <SignedMoney text={position.realisedPnl} />
          </Cell>
          <Cell align="right">
            <Num text={position.fees} decimals={2} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}
