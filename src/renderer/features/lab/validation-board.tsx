import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import type { FigureView, LabStudyView } from '#shared/contract/lab-views.ts';
import { figureText } from '#shared/format/lab.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';

/** A figure with its n, or in words why there is none: the board never shows a number that little data stands behind. */
function Proven({ name, figure }: { readonly name: string; readonly figure: FigureView | undefined }) {
  const { t } = useTranslation();
  const { value, known, n } = figureText(name, figure);
  if (!known)
    return <span className="text-11 text-muted">{figure === undefined ? t('breeding.none') : said(value)}</span>;
  return (
    <span data-num="" className="figure-mono">
      {value} <span className="text-11 text-faint">{t('breeding.n', { n })}</span>
    </span>
  );
}

type ProvenBy = {
  readonly out: FigureView | undefined;
  readonly deflated: FigureView | undefined;
  readonly holdout: 'none' | 'locked' | 'opened' | 'lost';
  readonly held: FigureView | undefined;
};

/** What a study says of its strategy beyond the candles on which it was chosen. */
function provenBy(study: LabStudyView): ProvenBy {
  if (study.kind === 'walk-forward')
    return {
      out: study.outOfSample?.['sharpe'],
      deflated: study.significance?.deflatedSharpe,
      holdout: study.holdout?.state ?? 'none',
      held: study.holdout?.metrics?.['sharpe'],
    };
  if (study.kind === 'evolution')
    return {
      out: study.proof?.metrics['sharpe'],
      deflated: study.verdict?.deflatedBySpread,
      holdout: study.holdout?.state ?? 'none',
      held: undefined,
    };
  return { out: undefined, deflated: study.significance?.deflatedSharpe, holdout: 'none', held: undefined };
}

function Row({ study }: { readonly study: LabStudyView }) {
  const { t } = useTranslation();
  const name = useNames();
  const { out, deflated, holdout, held } = provenBy(study);
  return (
    <tr data-board={study.strategy}>
      <Cell className="font-medium">{name('families', study.strategy)}</Cell>
      <Cell>
        <Link href={`/lab/${study.id}`} className="figure-mono text-accent underline-offset-2 hover:underline">
          {study.id}
        </Link>{' '}
        <span className="text-faint">{t(`lab.kinds.${study.kind}`)}</span>
      </Cell>
      <Cell align="right">
        <Proven name="sharpe" figure={out} />
      </Cell>
      <Cell align="right">
        <Proven name="deflatedSharpe" figure={deflated} />
      </Cell>
      <Cell align="right">
        <Proven name="winRate" figure={study.significance?.overfitting} />
      </Cell>
      <Cell align="right" className="figure-mono">
        {study.significance?.tried ?? '–'}
      </Cell>
      <Cell align="right">
        {held === undefined ? (
          <span className="text-muted">{t(`breeding.holdouts.${holdout}`)}</span>
        ) : (
          <Proven name="sharpe" figure={held} />
        )}
      </Cell>
    </tr>
  );
}

/** Of each strategy what its newest study proves: out of sample, after paying for the choice, and on the holdout. */
export function ValidationBoard() {
  const { t } = useTranslation();
  const { breeding, lab } = useStores();
  const loaded = useStore(breeding.board);
  const ended = useStore(
    lab.list,
    ({ data }) => data?.studies.filter(({ state }) => state === 'completed').length ?? 0,
  );
  useEffect(() => {
    if (ended >= 0) void breeding.board.refresh();
  }, [breeding, ended]);
  return (
    <Panel title={t('breeding.board')} note={t('breeding.boardNote')} env="simulated" flush>
      <LoadedView
        loaded={loaded}
        what={t('breeding.theBoard')}
        retry={() => void breeding.board.refresh()}
        cancel={() => breeding.board.giveUp()}
      >
        {(studies) =>
          studies.length === 0 ? (
            <EmptyState>{t('breeding.boardEmpty')}</EmptyState>
          ) : (
            <Table
              label={t('breeding.board')}
              columns={[
                { label: t('lab.strategy') },
                { label: t('breeding.study') },
                { label: t('breeding.outOfSample'), align: 'right' },
                { label: t('breeding.deflated'), align: 'right' },
                { label: t('breeding.overfitting'), align: 'right' },
                { label: t('breeding.tried'), align: 'right' },
                { label: t('breeding.holdout'), align: 'right' },
              ]}
            >
              {studies.map((study) => (
                <Row key={study.id} study={study} />
              ))}
            </Table>
          )
        }
      </LoadedView>
    </Panel>
  );
}
