import { useTranslation } from 'react-i18next';
import type { LabStudySummary } from '#shared/contract/lab-views.ts';
import { progressShare } from '#shared/format/lab.ts';
import { durationText } from '#shared/format/time.ts';
import { said } from '../../app/said.ts';
import { Chip, type Tone } from '../../components/chip.tsx';

const TONES: Readonly<Record<LabStudySummary['state'], Tone>> = {
  running: 'accent',
  completed: 'neutral',
  failed: 'bad',
  canceled: 'warn',
  interrupted: 'warn',
};

export function StudyState({
  study,
}: {
  readonly study: Pick<LabStudySummary, 'state'> & { readonly cause: { readonly message: string } | null };
}) {
  const { t } = useTranslation();
  return (
    <Chip tone={TONES[study.state]} {...(study.cause === null ? {} : { title: said(study.cause.message) })}>
      {t(`lab.states.${study.state}`)}
    </Chip>
  );
}

/** How far something is, as a bar; words stand beside it. */
export function ProgressBar({ label, share }: { readonly label: string; readonly share: number }) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      className="relative inline-block h-1.5 w-16 overflow-hidden rounded-control bg-bg3"
    >
      <span className="absolute inset-y-0 left-0 bg-accent" style={{ width: `${share * 100}%` }} />
    </span>
  );
}

/** How far a study is, in words and as a bar. */
export function StudyProgress({ study }: { readonly study: LabStudySummary }) {
  const { t } = useTranslation();
  const { done, planned, failed, etaMs, state, id } = study;
  // What a plan counts twice is run once: a study can be complete before it reaches the plan.
  const share = state === 'completed' ? 1 : progressShare(done, planned);
  return (
    <span className="inline-flex items-center gap-2">
      <ProgressBar label={t('lab.progressOf', { id })} share={share} />
      <span className="figure">
        {t('lab.doneOf', { done, planned })}
        {failed > 0 && <span className="text-danger">, {t('lab.failedCount', { count: failed })}</span>}
        {state === 'running' && (
          <span className="text-faint">
            , {etaMs === null ? t('lab.measuring') : t('lab.left', { time: durationText(etaMs) })}
          </span>
        )}
      </span>
    </span>
  );
}
