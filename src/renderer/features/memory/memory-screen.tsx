import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import type { MemoryLesson } from '#shared/contract/memory.ts';
import { floatText, percentText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Chip } from '../../components/chip.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { SignedR } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { Select } from '../../components/select.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { EmptyState, ErrorState, LoadedView } from '../../components/states.tsx';
import { Cell, Table } from '../../components/table.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { Field } from '../lab/field.tsx';
import { LearnedIn, learnedTag } from './learned-in.tsx';
import { LessonDetail } from './lesson-detail.tsx';

const STATUSES = ['all', 'active', 'decayed', 'revoked'] as const;
const TONE = { active: 'good', decayed: 'neutral', revoked: 'bad' } as const;
const MOST_ROWS = 200;
const r = (value: number): string => floatText(value, 2, { sign: 'always' });

function Uplift({ uplift }: { readonly uplift: MemoryLesson['uplift'] }) {
  const { t } = useTranslation();
  const { mean, low, high, used, withheld } = uplift;
  return (
    <span className="figure-mono" title={t('learned.memory.arms', { used, withheld })}>
      {mean === null || low === null || high === null ? (
        <span className="font-sans text-muted">{t('learned.memory.tooFew')}</span>
      ) : (
        t('learned.memory.upliftValue', { mean: r(mean), low: r(low), high: r(high) })
      )}
      <span className="text-faint"> {t('learned.memory.arms', { used, withheld })}</span>
    </span>
  );
}

function Lessons({ lessons }: { readonly lessons: readonly MemoryLesson[] }) {
  const { t } = useTranslation();
  const named = useNames();
  const { memory } = useStores();
  if (lessons.length === 0) return <EmptyState>{t('learned.memory.none')}</EmptyState>;
  return (
    <Table
      label={t('learned.memory.lessons')}
      columns={[
        { label: t('learned.memory.lesson') },
        { label: t('learned.memory.status') },
        { label: t('learned.memory.regime') },
        { label: t('learned.memory.family') },
        { label: t('learned.memory.when') },
        { label: t('learned.memory.learnedIn') },
        { label: t('learned.memory.outcome'), align: 'right' },
        { label: t('learned.memory.uplift'), align: 'right' },
      ]}
    >
      {lessons.slice(0, MOST_ROWS).map((lesson) => (
        <tr key={lesson.id} data-lesson={lesson.id} data-env={learnedTag(lesson.environment)}>
          <Cell>
            <button
              type="button"
              aria-label={t('learned.memory.open', { id: lesson.id })}
              title={said(lesson.text)}
              onClick={() => memory.open(lesson.id)}
              className="figure-mono min-h-6 text-accent underline-offset-2 hover:underline"
            >
              {lesson.id}
            </button>
          </Cell>
          <Cell>
            <Chip tone={TONE[lesson.status]} title={said(lesson.why)}>
              {t(`learned.memory.statuses.${lesson.status}`)}
            </Chip>
          </Cell>
          <Cell>{named('regimes', lesson.regime)}</Cell>
          <Cell>{lesson.family === null ? '–' : named('families', lesson.family)}</Cell>
          <Cell>
            <Moment ms={lesson.resolvedAt} form="short" />
          </Cell>
          <Cell>
            <LearnedIn environment={lesson.environment} />
          </Cell>
          <Cell align="right">{lesson.traded ? <SignedR r={lesson.outcomeR} /> : '–'}</Cell>
          <Cell align="right">
            <Uplift uplift={lesson.uplift} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

type CellsProps = { readonly summary: AppOutput<'memory.summary'>; readonly lessons: readonly MemoryLesson[] };

function Posteriors({ summary, lessons }: CellsProps) {
  const { t } = useTranslation();
  const named = useNames();
  if (summary.cells.length === 0) return <EmptyState>{t('learned.memory.noPosteriors')}</EmptyState>;
  const mixed = (regime: string, family: string): boolean => {
    const own = lessons.filter((one) => one.regime === regime && one.family === family && one.traded);
    return own.some(({ outcomeR }) => Number(outcomeR) > 0) && own.some(({ outcomeR }) => Number(outcomeR) < 0);
  };
  return (
    <Table
      label={t('learned.memory.posteriors')}
      columns={[
        { label: t('learned.memory.regime') },
        { label: t('learned.memory.family') },
        { label: t('learned.memory.learnedIn') },
        { label: t('learned.memory.count'), align: 'right' },
        { label: t('learned.memory.effective'), align: 'right' },
        { label: t('learned.memory.mean'), align: 'right' },
        { label: t('learned.memory.interval'), align: 'right' },
        { label: t('learned.memory.above'), align: 'right' },
        { label: '' },
      ]}
    >
      {summary.cells.map(({ regime, family, lessons: n, environments, posterior }) => {
        const { mean, low, high, above } = posterior;
        return (
          <tr key={`${regime} ${family}`}>
            <Cell>{named('regimes', regime)}</Cell>
            <Cell>{named('families', family)}</Cell>
            <Cell>
              {environments.map((one) => (
                <LearnedIn key={one} environment={one} />
              ))}
            </Cell>
            <Cell align="right" className="figure-mono">
              {n}
            </Cell>
            <Cell align="right" className="figure-mono text-faint">
              {floatText(posterior.effectiveN, 1)}
            </Cell>
            <Cell align="right" className="figure-mono">
              {mean === null ? <span className="font-sans text-muted">{t('learned.memory.tooFew')}</span> : r(mean)}
            </Cell>
            <Cell align="right" className="figure-mono text-muted">
              {low === null || high === null ? '' : `${r(low)} .. ${r(high)}`}
            </Cell>
            <Cell align="right" className="figure-mono">
              {above === null ? '' : percentText(above.toFixed(4), 0)}
            </Cell>
            <Cell>{mixed(regime, family) && <Chip tone="warn">{t('learned.memory.conflict')}</Chip>}</Cell>
          </tr>
        );
      })}
    </Table>
  );
}

/** What was learned, whether it still has a say, and what it was worth where it was known. */
export function MemoryScreen() {
  const { t } = useTranslation();
  const { memory } = useStores();
  const lessons = useStore(memory.lessons);
  const summary = useStore(memory.summary);
  const shown = useStore(memory.shown);
  const { error, busy } = useStore(memory);
  const [find, setFind] = useState('');
  const [status, setStatus] = useState<(typeof STATUSES)[number]>('all');
  const [open, setOpen] = useState(false);
  useEffect(() => void memory.refresh(), [memory]);
  useEffect(() => memory.shown.subscribe(({ data, phase }) => setOpen(data !== null && phase === 'ready')), [memory]);
  const wanted = find.trim().toLowerCase();
  const matches = (one: MemoryLesson): boolean =>
    (status === 'all' || one.status === status) &&
    [one.id, one.text, one.regime, one.family ?? '', one.instrument, one.runId].some((text) =>
      text.toLowerCase().includes(wanted),
    );
  return (
    <div className="flex flex-col gap-3 p-3">
      <h1 className="sr-only">{t('learned.memory.title')}</h1>
      {error !== null && <ErrorState error={error} />}
      <LoadedView
        loaded={lessons}
        what={t('learned.memory.what')}
        retry={() => void memory.refresh()}
        cancel={memory.lessons.giveUp}
      >
        {(all) =>
          all.length === 0 ? (
            <Panel title={t('learned.memory.lessons')}>
              <EmptyState>{t('learned.memory.empty')}</EmptyState>
            </Panel>
          ) : (
            <>
              <div className="flex flex-wrap items-end gap-3">
                <div className="w-64">
                  <Field label={t('learned.memory.find')} value={find} onChange={setFind} />
                </div>
                <Select
                  label={t('learned.memory.status')}
                  value={status}
                  options={STATUSES.map((value) => ({ value, label: t(`learned.memory.statuses.${value}`) }))}
                  onChange={(next) => setStatus(STATUSES.find((one) => one === next) ?? 'all')}
                />
                <CopyButton
                  text={() => JSON.stringify(all.filter(matches), null, 2)}
                  label={t('learned.memory.copy')}
                  done={t('learned.memory.copied')}
                />
              </div>
              <Panel
                title={t('learned.memory.lessons')}
                note={summary.data === null ? '' : t('learned.memory.summary', summary.data)}
                flush
              >
                <div className="max-h-[28rem] overflow-y-auto">
                  <Lessons lessons={all.filter(matches)} />
                </div>
                {summary.data !== null && (
                  <p className="border-t border-hair px-3 py-2 text-12 text-muted">
                    {t('learned.memory.withheld', { share: percentText(String(summary.data.withheldShare), 0) })}
                  </p>
                )}
              </Panel>
              <Panel title={t('learned.memory.posteriors')} note={t('learned.memory.posteriorsNote')} flush>
                <LoadedView
                  loaded={summary}
                  what={t('learned.memory.what')}
                  retry={() => void memory.summary.refresh()}
                  cancel={memory.summary.giveUp}
                >
                  {(data) => <Posteriors summary={data} lessons={all} />}
                </LoadedView>
              </Panel>
            </>
          )
        }
      </LoadedView>
      {shown.data !== null && (
        <Sheet
          open={open}
          onClose={() => {
            setOpen(false);
            memory.open(null);
          }}
          title={shown.data.lesson.id}
        >
          <LessonDetail
            detail={shown.data}
            busy={busy}
            onRevoke={(reason) => shown.data !== null && void memory.revoke(shown.data.lesson.id, reason)}
          />
        </Sheet>
      )}
    </div>
  );
}
