import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { FamilyStudyView } from '#shared/contract/family-study.ts';
import { floatText } from '#shared/format/figures.ts';
import { useNames } from '../../app/use-names.ts';
import { Signed } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { ParameterList } from '../../components/parameter-list.tsx';
import { EmptyState } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { FigureCell } from './lab-lists.tsx';

type Row = FamilyStudyView['families'][number];

function Configurations({ row: { family, configurations, best } }: { readonly row: Row }) {
  const { t } = useTranslation();
  const name = useNames();
  return (
    <Table
      label={t('measuring.configurations', { name: name('families', family) })}
      columns={[
        { label: t('measuring.configuration') },
        { label: t('lab.parameters') },
        { label: t('lab.trades'), align: 'right' },
        { label: t('measuring.dailySharpe'), align: 'right' },
      ]}
    >
      {configurations.map(({ params, trades, dailySharpe }, place) => (
        <tr key={place}>
          <Cell>
            {place === best?.place
              ? t('measuring.bestOne', { n: place + 1 })
              : place === 0
                ? t('measuring.usualOne', { n: 1 })
                : place + 1}
          </Cell>
          <Cell className="min-w-80 py-1 whitespace-normal">
            <ParameterList params={params} />
          </Cell>
          <Cell align="right" className="figure-mono">
            {trades}
          </Cell>
          <Cell align="right" className="figure-mono">
            {dailySharpe === null ? '–' : floatText(dailySharpe, 4)}
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function Windows({ row: { family, windows, configurations } }: { readonly row: Row }) {
  const { t } = useTranslation();
  const name = useNames();
  if (windows.length === 0) return <EmptyState>{t('measuring.noWindows')}</EmptyState>;
  return (
    <Table
      label={t('measuring.windows', { name: name('families', family) })}
      columns={[
        { label: t('measuring.window') },
        { label: t('lab.from') },
        { label: t('lab.to') },
        { label: t('measuring.held'), align: 'right' },
        ...configurations.flatMap((_, place) => [
          { label: t('measuring.returnOf', { n: place + 1 }), align: 'right' as const },
          { label: t('measuring.fallOf', { n: place + 1 }), align: 'right' as const },
        ]),
      ]}
    >
      {windows.map(({ kind, from, to, held, results }) => (
        <tr key={`${kind} ${from}`} data-env="sim">
          <Cell>{name('windowKinds', kind)}</Cell>
          <Cell>
            <Moment ms={from} form="short" />
          </Cell>
          <Cell>
            <Moment ms={to} form="short" />
          </Cell>
          <Cell align="right">
            <Signed direction={held > 0 ? 'up' : held < 0 ? 'down' : 'flat'}>
              {`${floatText(held * 100, 2, { sign: 'always' })}%`}
            </Signed>
          </Cell>
          {results.map(({ totalReturn, maxDrawdown }, place) => (
            <Fragment key={place}>
              <Cell align="right">
                <FigureCell name="totalReturn" figure={totalReturn} />
              </Cell>
              <Cell align="right" className="text-muted">
                <FigureCell name="maxDrawdown" figure={maxDrawdown} />
              </Cell>
            </Fragment>
          ))}
        </tr>
      ))}
    </Table>
  );
}

function Folds({ row: { family, folds } }: { readonly row: Row }) {
  const { t } = useTranslation();
  const name = useNames();
  return (
    <Table
      label={t('measuring.folds', { name: name('families', family) })}
      columns={[
        { label: t('lab.testFrom') },
        { label: t('lab.testTo') },
        { label: t('measuring.chosen') },
        { label: t('lab.trades'), align: 'right' },
        { label: t('lab.return'), align: 'right' },
      ]}
    >
      {folds.map(({ from, to, chosen, trades, totalReturn }) => (
        <tr key={from} data-env="sim">
          <Cell>
            <Moment ms={from} form="short" />
          </Cell>
          <Cell>
            <Moment ms={to} form="short" />
          </Cell>
          <Cell>{chosen === null ? t('measuring.nothingChosen') : chosen + 1}</Cell>
          <Cell align="right" className="figure-mono">
            {trades}
          </Cell>
          <Cell align="right">
            <FigureCell name="totalReturn" figure={totalReturn} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** What one family was tried with, how each did in every window, and which one each training chose. */
export function FamilyDetail({ row }: { readonly row: Row }) {
  return (
    <div className="flex flex-col gap-3">
      <Configurations row={row} />
      <Windows row={row} />
      <Folds row={row} />
    </div>
  );
}
