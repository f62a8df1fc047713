import { useTranslation } from 'react-i18next';
import type { FamilyStudyView } from '#shared/contract/family-study.ts';
import type { FigureView } from '#shared/contract/lab-views.ts';
import { floatText } from '#shared/format/figures.ts';
import { figureText } from '#shared/format/lab.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Disclosure } from '../../components/disclosure.tsx';
import { Interval } from '../../components/figure.tsx';
import { Panel } from '../../components/panel.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { FamilyDetail } from './family-detail.tsx';
import { FigureCell } from './lab-lists.tsx';

type Row = FamilyStudyView['families'][number];

/** A figure with its interval and what it rests on below it. */
function Whole({ as, figure }: { readonly as: string; readonly figure: FigureView }) {
  const { t } = useTranslation();
  const { n, interval } = figureText(as, figure);
  return (
    <span className="inline-flex flex-col items-end py-1">
      <FigureCell name={as} figure={figure} />
      {n !== '' && (
        <span className="text-11 text-faint">
          {interval !== '' && (
            <>
              <Interval as={as} figure={figure} />{' '}
            </>
          )}
          {t('measuring.n')} <span className="figure-mono">{n}</span>
        </span>
      )}
    </span>
  );
}

/** Windows in which the usual configuration, the first one, ended above its beginning. */
const gained = ({ windows }: Row): number =>
  windows.filter(
    ({ results: [usual] }) => usual !== undefined && 'value' in usual.totalReturn && usual.totalReturn.value > 0,
  ).length;

function FamilyRow({ row }: { readonly row: Row }) {
  const { t } = useTranslation();
  const name = useNames();
  const { family, left, best, outOfSample, windows } = row;
  return (
    <tr data-family={family} data-env="sim">
      <Cell className="font-medium">{name('families', family)}</Cell>
      {left !== null ? (
        <td colSpan={7} className="h-row border-t border-hair px-2 pr-3 text-muted">
          {t('measuring.leftOut', { why: left })}
        </td>
      ) : (
        <>
          <Cell align="right" className="figure-mono">
            {windows.length === 0 ? '–' : t('measuring.gained', { won: gained(row), all: windows.length })}
          </Cell>
          {best === null ? (
            [0, 1, 2].map((column) => (
              <Cell key={column} align="right" className="text-faint">
                –
              </Cell>
            ))
          ) : (
            <>
              <Cell align="right">
                <Whole as="sharpe" figure={best.sharpe} />
              </Cell>
              <Cell align="right">
                <FigureCell name="undeflatedSharpe" figure={best.undeflated} />
              </Cell>
              <Cell align="right" className="font-bold">
                <FigureCell name="deflatedSharpe" figure={best.deflated} />
              </Cell>
            </>
          )}
          <Cell align="right">
            <Whole as="totalReturn" figure={outOfSample.totalReturn} />
          </Cell>
          <Cell align="right">
            <Whole as="sharpe" figure={outOfSample.sharpe} />
          </Cell>
          <Cell align="right" className="font-bold">
            <FigureCell name="deflatedSharpe" figure={outOfSample.deflated} />
          </Cell>
        </>
      )}
    </tr>
  );
}

/** Every family side by side: what its best came to with hindsight and what that is worth, and what it came to on candles that chose nothing. */
export function FamilyReport({ study }: { readonly study: FamilyStudyView }) {
  const { t } = useTranslation();
  const name = useNames();
  const { families, runs, tried, candles, interval, feeBps, cash, notes } = study;
  const played = families.filter(({ left }) => left === null);
  return (
    <Panel
      title={t('measuring.kinds.families')}
      env="simulated"
      flush
      note={t('measuring.about', { runs, tried, candles, interval, fee: feeBps, cash: floatText(Number(cash), 0) })}
    >
      <Table
        label={t('measuring.kinds.families')}
        columns={[
          { label: t('measuring.family') },
          { label: t('measuring.windowsGained'), align: 'right' },
          { label: t('measuring.bestSharpe'), align: 'right' },
          { label: t('measuring.oneTrial'), align: 'right' },
          { label: t('measuring.deflated'), align: 'right' },
          { label: t('measuring.forwardReturn'), align: 'right' },
          { label: t('measuring.forwardSharpe'), align: 'right' },
          { label: t('measuring.forwardDeflated'), align: 'right' },
        ]}
      >
        {families.map((row) => (
          <FamilyRow key={row.family} row={row} />
        ))}
      </Table>
      <ul className="flex flex-col gap-0.5 border-t border-hair px-3 py-2 text-12 text-muted">
        {notes.map((note) => (
          <li key={note}>{said(note)}</li>
        ))}
      </ul>
      <ul>
        {played.map((row) => (
          <li key={row.family} className="border-t border-hair px-3 py-1">
            <Disclosure lazy summary={name('families', row.family)}>
              <FamilyDetail row={row} />
            </Disclosure>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
