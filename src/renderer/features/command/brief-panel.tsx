import { useTranslation } from 'react-i18next';
import type { CycleView } from '#shared/contract/cycle.ts';
import { sentence } from '#shared/format/names.ts';
import { willDo, willNotDo } from '#shared/format/plan.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Panel } from '../../components/panel.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { WaitingBrief } from '../approvals/waiting-brief.tsx';
import { EvidenceTable } from '../evidence/evidence-table.tsx';
import { Source, Verdict } from './judgement.tsx';
import { LimitsStrip } from './limits-strip.tsx';
import { PlanLines } from './plan-lines.tsx';
import { LessonsUsed, SpecDetails } from './spec-details.tsx';

/** What will be created and why, on one screen, before anything happens. */
export function BriefPanel({ cycle }: { readonly cycle: CycleView | null }) {
  const { t } = useTranslation();
  const name = useNames();
  const assessment = cycle?.assessment ?? null;
  const spec = cycle?.agentSpec ?? null;
  const note =
    cycle === null || spec === null
      ? undefined
      : t('run.brief.note', {
          agent: cycle.agentId ?? t('run.brief.agent'),
          family: name('families', spec.family),
          instrument: cycle.instrument,
          interval: cycle.interval,
        });

  return (
    <Panel title={t('run.brief.title')} note={note} env={cycle?.environment ?? null} flush>
      {cycle?.state === 'running' && <WaitingBrief cycle={cycle} />}
      {cycle === null || assessment === null ? (
        <EmptyState>
          {cycle?.state === 'running'
            ? t('run.brief.awaited')
            : cycle?.state === 'failed'
              ? t('run.brief.none')
              : t('run.brief.before')}
        </EmptyState>
      ) : (
        <div data-testid="brief">
          <div className="flex flex-col gap-3 p-4">
            <Verdict assessment={assessment} />
            <Source assessment={assessment} />
          </div>
          {spec !== null && (
            <>
              <div className="grid border-t border-hair md:grid-cols-2">
                <div className="px-4 py-3">
                  <PlanLines title={t('run.brief.willDo')} kind="do" items={willDo(spec, cycle)} />
                </div>
                <div className="border-hair px-4 py-3 max-md:border-t md:border-l">
                  <PlanLines title={t('run.brief.willNotDo')} kind="not" items={willNotDo(spec, cycle)} />
                </div>
              </div>
              <LimitsStrip cycle={cycle} spec={spec} />
            </>
          )}
          {spec === null && cycle.result !== null && (
            <Section title={t('run.brief.noAgent')}>
              <p className="text-12">{sentence(said(cycle.result.reason))}</p>
            </Section>
          )}
          <Section title={t('run.brief.because')}>
            {assessment.reasons.length > 0 && (
              <ul className="mb-2 list-disc pl-4 text-12 marker:text-faint">
                {assessment.reasons.map((reason) => (
                  <li key={reason}>{sentence(said(reason))}</li>
                ))}
              </ul>
            )}
            <EvidenceTable facts={assessment.evidence} cycle={cycle.cycle} />
          </Section>
          {spec !== null && (
            <>
              <LessonsUsed lessons={spec.lessons} />
              <SpecDetails spec={spec} agentId={cycle.agentId} />
            </>
          )}
        </div>
      )}
    </Panel>
  );
}
