import { clsx } from 'clsx';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import type { FigureView, LabStudySummary, RunSummary } from '#shared/contract/lab-views.ts';
import { floatText } from '#shared/format/figures.ts';
import { figureText } from '#shared/format/lab.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { useParameterWords } from '../../app/use-parameter-words.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { Num, Signed } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Cell, type Column, Table } from '../../components/table.tsx';
import { MOST_COMPARED } from '../../stores/lab-store.ts';
import { useLab, useStores } from '../../stores/stores-context.tsx';
import { StudyProgress, StudyState } from './run-state.tsx';

const runColumns = (t: TFunction): readonly Column[] => [
  { label: t('lab.compare') },
  { label: t('lab.run') },
  { label: t('lab.strategy') },
  { label: t('lab.market') },
  { label: t('lab.finalEquity'), align: 'right' },
  { label: t('lab.return'), align: 'right' },
  { label: t('lab.sharpe'), align: 'right' },
  { label: t('lab.trades'), align: 'right' },
  { label: t('lab.played'), align: 'right' },
];

const studyColumns = (t: TFunction): readonly Column[] => [
  { label: t('lab.study') },
  { label: t('lab.kind') },
  { label: t('lab.state') },
  { label: t('lab.progress') },
  { label: t('lab.action') },
  { label: t('lab.strategy') },
  { label: t('lab.best'), align: 'right' },
];

/** A figure in a cell: the number, or a dash with the reason on hover. */
export function FigureCell({ name, figure }: { readonly name: string; readonly figure: FigureView | undefined }) {
  const { value, known, sign } = figureText(name, figure);
  if (!known)
    return (
      <span title={said(value)} className="text-faint">
        –<span className="sr-only">{said(value)}</span>
      </span>
    );
  if (sign === undefined)
    return (
      <span data-num="" className="figure-mono">
        {value}
      </span>
    );
  return <Signed direction={sign > 0 ? 'up' : sign < 0 ? 'down' : 'flat'}>{value}</Signed>;
}

function RunRow({ run, open }: { readonly run: RunSummary; readonly open: boolean }) {
  const { t } = useTranslation();
  const { lab } = useStores();
  const marked = useLab((state) => state.marked.includes(run.id));
  const name = useNames();
  const params = useParameterWords();
  return (
    <tr
      data-env="sim"
      aria-current={open ? 'true' : undefined}
      className={clsx('fade', open ? 'bg-bg3' : 'hover:bg-bg2')}
    >
      <Cell>
        <input
          type="checkbox"
          aria-label={t('lab.compareOne', { id: run.id })}
          checked={marked}
          disabled={run.status === 'failed'}
          onChange={() => lab.mark(run.id)}
          className="size-4 accent-accent"
        />
      </Cell>
      <Cell>
        <Link href={`/lab/${run.id}`} className="figure-mono text-accent underline-offset-2 hover:underline">
          {run.id}
        </Link>
      </Cell>
      <Cell>
        <span title={params.list(run.params)}>{name('families', run.strategy)}</span>
      </Cell>
      <Cell>
        {run.instrument ?? t('lab.unnamed')} <span className="text-faint">{run.interval}</span>
      </Cell>
      <Cell align="right">
        {run.finalEquity === null ? (
          <Chip tone="bad" title={said(run.cause?.message ?? '')}>
            {t('lab.failed')}
          </Chip>
        ) : (
          <Num text={run.finalEquity} decimals={2} />
        )}
      </Cell>
      <Cell align="right">
        <FigureCell name="totalReturn" figure={run.status === 'failed' ? undefined : run.totalReturn} />
      </Cell>
      <Cell align="right">
        <FigureCell name="sharpe" figure={run.status === 'failed' ? undefined : run.sharpe} />
      </Cell>
      <Cell align="right">
        <Num text={String(run.trades)} />
      </Cell>
      <Cell align="right">
        <Moment ms={run.createdAt} form="short" className="text-muted" />
      </Cell>
    </tr>
  );
}

function StudyRow({ study, open }: { readonly study: LabStudySummary; readonly open: boolean }) {
  const { t } = useTranslation();
  const name = useNames();
  const { lab } = useStores();
  return (
    <tr aria-current={open ? 'true' : undefined} className={clsx('fade', open ? 'bg-bg3' : 'hover:bg-bg2')}>
      <Cell>
        <Link href={`/lab/${study.id}`} className="figure-mono text-accent underline-offset-2 hover:underline">
          {study.id}
        </Link>
      </Cell>
      <Cell>{t(`lab.kinds.${study.kind}`)}</Cell>
      <Cell>
        <StudyState study={study} />
      </Cell>
      <Cell>
        <StudyProgress study={study} />
      </Cell>
      <Cell>
        {study.state === 'running' && (
          <Button onClick={() => void lab.cancel(study.id)} aria-label={t('lab.cancelOne', { id: study.id })}>
            {t('lab.cancel')}
          </Button>
        )}
        {(study.state === 'canceled' || study.state === 'interrupted') && (
          <Button onClick={() => void lab.resume(study.id)} aria-label={t('lab.resumeOne', { id: study.id })}>
            {t('lab.resume')}
          </Button>
        )}
      </Cell>
      <Cell>{name('families', study.strategy)}</Cell>
      <Cell align="right">
        {study.bestScore === null ? (
          <span className="text-faint">–</span>
        ) : (
          <span className="figure-mono" data-num="">
            {floatText(study.bestScore, 2)} <span className="text-faint">{study.objective}</span>
          </span>
        )}
      </Cell>
    </tr>
  );
}

/** Studies with their progress, and every back-test, newest first. */
export function LabLists({ open }: { readonly open: string | null }) {
  const { t } = useTranslation();
  const { lab } = useStores();
  const loaded = useStore(lab.list);
  const marked = useLab((state) => state.marked.length);
  const comparing = useLab((state) => state.comparing);
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <Panel title={t('lab.studies')} env="simulated" flush note={t('lab.studiesNote')}>
        <LoadedView
          loaded={loaded}
          what={t('lab.theStudies')}
          retry={() => void lab.list.refresh()}
          cancel={lab.list.giveUp}
        >
          {({ studies }) =>
            studies.length === 0 ? (
              <EmptyState>{t('lab.noStudy')}</EmptyState>
            ) : (
              <div className="max-h-56 overflow-y-auto">
                <Table label={t('lab.studies')} columns={studyColumns(t)}>
                  {studies.map((study) => (
                    <StudyRow key={study.id} study={study} open={study.id === open} />
                  ))}
                </Table>
              </div>
            )
          }
        </LoadedView>
      </Panel>
      <Panel
        title={t('lab.backtests')}
        flush
        env="simulated"
        note={loaded.data === null ? undefined : t('lab.runs', { count: loaded.data.runs.length })}
        actions={
          <Button
            disabled={marked < 2}
            onClick={() => lab.compare(!comparing)}
            title={t('lab.markRuns', { most: MOST_COMPARED })}
          >
            {comparing ? t('lab.closeComparison') : t('lab.compareMarked', { count: marked })}
          </Button>
        }
      >
        <LoadedView
          loaded={loaded}
          what={t('lab.theBacktests')}
          retry={() => void lab.list.refresh()}
          cancel={lab.list.giveUp}
        >
          {({ runs }) =>
            runs.length === 0 ? (
              <EmptyState>{t('lab.noRun')}</EmptyState>
            ) : (
              <div className="max-h-80 overflow-y-auto">
                <Table label={t('lab.backtests')} columns={runColumns(t)}>
                  {runs.map((run) => (
                    <RunRow key={run.id} run={run} open={run.id === open} />
                  ))}
                </Table>
              </div>
            )
          }
        </LoadedView>
      </Panel>
    </div>
  );
}
