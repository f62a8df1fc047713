import { clsx } from 'clsx';
import { Check, Circle, CircleSlash, LoaderCircle, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BRIEF_STAGE, type CycleView, STAGE_NAMES, type StageView } from '#shared/contract/cycle.ts';
import { durationText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Moment } from '../../components/moment.tsx';
import { Panel } from '../../components/panel.tsx';
import { ErrorState, LoadingState } from '../../components/states.tsx';
import { useCycle, useStores } from '../../stores/stores-context.tsx';

const ICON = { waiting: Circle, running: LoaderCircle, done: Check, failed: X, skipped: CircleSlash } as const;
const TONE = {
  waiting: 'text-faint',
  running: 'text-accent spin',
  done: 'text-ok',
  failed: 'text-danger',
  skipped: 'text-faint',
} as const;

const TICK_MS = 100;

/** Counts on from what the engine measured, whenever this came to be looked at; the engine's last word takes its place at the end. */
function Running({ elapsedMs }: { readonly elapsedMs: number }) {
  const at = useCycle((state) => (state.opened === null ? state.newestAt : state.openedAt));
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <>{durationText(elapsedMs + Math.max(0, now - at))}</>;
}

type RowProps = { readonly stage: StageView; readonly index: number; readonly compact: boolean };

/** Two lines while the run goes on; one line of history afterwards, so that the result has room. */
function StageRow({ stage, index, compact }: RowProps) {
  const { t } = useTranslation();
  const name = useNames();
  const Icon = ICON[stage.state];
  const short = compact && stage.state !== 'failed';
  const quiet = stage.state === 'waiting' || stage.state === 'skipped';
  return (
    <li
      data-stage={stage.name}
      data-state={stage.state}
      aria-current={stage.state === 'running' ? 'step' : undefined}
      className={clsx(
        'grid gap-x-2.5 border-t border-hair px-3 first:border-t-0',
        short
          ? 'min-h-7 grid-cols-[1rem_5.5rem_minmax(0,1fr)_auto] items-center text-12'
          : 'grid-cols-[1rem_minmax(0,1fr)_auto] py-2',
      )}
    >
      <Icon aria-hidden size={14} className={clsx(!short && 'mt-0.5', TONE[stage.state])} />
      <span className={quiet ? 'text-faint' : 'font-medium'}>
        <span className="sr-only">{t('run.stages.nth', { n: index + 1 })} </span>
        {name('stages', stage.name)}
        <span className="sr-only">, {t(`run.stages.states.${stage.state}`)}</span>
      </span>
      {short && (
        <span className="figure truncate text-muted" title={said(stage.detail)}>
          {said(stage.detail)}
        </span>
      )}
      <span className="figure-mono text-11 leading-5 text-faint">
        {stage.elapsedMs === undefined ? (
          ''
        ) : stage.state === 'running' ? (
          <Running elapsedMs={stage.elapsedMs} />
        ) : (
          durationText(stage.elapsedMs)
        )}
      </span>
      {!short && stage.detail !== '' && (
        <span className="figure col-span-2 col-start-2 text-12 text-muted break-words">{said(stage.detail)}</span>
      )}
    </li>
  );
}

/** Every stage has its row from the start, so that nothing moves while they are filled in. */
const rows = (cycle: CycleView): readonly StageView[] =>
  STAGE_NAMES.flatMap((name) => {
    const found = cycle.stages.find((stage) => stage.name === name) ?? { name, state: 'waiting' as const, detail: '' };
    const brief = name === 'spawner' ? cycle.stages.find((stage) => stage.name === BRIEF_STAGE) : undefined;
    return brief === undefined ? [found] : [found, brief];
  });

export function StagesPanel({ cycle }: { readonly cycle: CycleView | null }) {
  const { t } = useTranslation();
  const stores = useStores();
  const loaded = useCycle((state) => state.loaded);
  const error = useCycle((state) => state.error);
  const older = useCycle((state) => state.opened !== null);
  return (
    <Panel
      title={t('run.stages.title')}
      flush
      note={
        cycle === null ? (
          t('run.stages.nothing')
        ) : (
          <>
            {t(older ? 'run.stages.earlier' : 'run.stages.run', { cycle: cycle.cycle })} · {cycle.instrument}{' '}
            {cycle.interval} · <Moment ms={cycle.startedAt} form="clock" />
          </>
        )
      }
    >
      {error !== null && <ErrorState error={error} retry={() => void stores.cycle.refresh()} />}
      {cycle !== null ? (
        <ol aria-label={t('run.stages.list')} aria-live="polite">
          {rows(cycle).map((stage, index) => (
            <StageRow key={stage.name} stage={stage} index={index} compact={cycle.state !== 'running'} />
          ))}
        </ol>
      ) : loaded ? (
        error === null && (
          <ol aria-label={t('run.stages.listOf')}>
            {STAGE_NAMES.map((name, index) => (
              <StageRow
                key={name}
                stage={{ name, state: 'waiting', detail: t(`run.stages.purpose.${name}`) }}
                index={index}
                compact={false}
              />
            ))}
          </ol>
        )
      ) : (
        <LoadingState what={t('run.stages.what')} />
      )}
    </Panel>
  );
}
