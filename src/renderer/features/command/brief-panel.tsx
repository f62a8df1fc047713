import { Check, Minus } from 'lucide-react';
import type { CycleView } from '#shared/contract/cycle.ts';
import { familyName, sentence } from '#shared/format/names.ts';
import { willDo, willNotDo } from '#shared/format/plan.ts';
import { Panel } from '../../components/panel.tsx';
import { Section } from '../../components/section.tsx';
import { EmptyState } from '../../components/states.tsx';
import { WaitingBrief } from '../approvals/waiting-brief.tsx';
import { Evidence, Source, Verdict } from './judgement.tsx';
import { LimitsStrip } from './limits-strip.tsx';
import { LessonsUsed, SpecDetails } from './spec-details.tsx';

function Lines({ items, kind }: { readonly items: readonly string[]; readonly kind: 'do' | 'not' }) {
  return (
    <ul className="flex flex-col gap-1 text-12">
      {items.map((item) => (
        <li key={item} className="flex gap-2">
          {kind === 'do' ? (
            <Check aria-hidden size={13} className="mt-0.5 shrink-0 text-ok" />
          ) : (
            <Minus aria-hidden size={13} className="mt-0.5 shrink-0 text-faint" />
          )}
          <span>{item}</span>
        </li>
      ))}
    </ul>
  );
}

/** What will be created and why, on one screen, before anything happens. */
export function BriefPanel({ cycle }: { readonly cycle: CycleView | null }) {
  const assessment = cycle?.assessment ?? null;
  const spec = cycle?.agentSpec ?? null;
  const note =
    cycle === null || spec === null
      ? undefined
      : `${cycle.agentId ?? 'agent'} · ${familyName(spec.family)} · ${cycle.instrument} ${cycle.interval}`;

  return (
    <Panel title="Brief" note={note} env={cycle?.environment ?? null} flush>
      {cycle?.state === 'running' && <WaitingBrief cycle={cycle} />}
      {cycle === null || assessment === null ? (
        <EmptyState>
          {cycle?.state === 'running'
            ? 'The brief appears once the analyst has judged the market.'
            : cycle?.state === 'failed'
              ? 'The run ended before the market was judged, so there is no brief.'
              : 'What the agent will do, will not do, may lose, and why: all of it is shown here before it trades.'}
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
                  <h3 className="mb-1.5 text-11 font-bold text-muted">Will do</h3>
                  <Lines kind="do" items={willDo(spec, cycle)} />
                </div>
                <div className="border-hair px-4 py-3 max-md:border-t md:border-l">
                  <h3 className="mb-1.5 text-11 font-bold text-muted">Will not do</h3>
                  <Lines kind="not" items={willNotDo(spec)} />
                </div>
              </div>
              <LimitsStrip cycle={cycle} spec={spec} />
            </>
          )}
          {spec === null && cycle.result !== null && (
            <Section title="No agent was spawned">
              <p className="text-12">{sentence(cycle.result.reason)}</p>
            </Section>
          )}
          <Section title="Because">
            {assessment.reasons.length > 0 && (
              <ul className="mb-2 list-disc pl-4 text-12 marker:text-faint">
                {assessment.reasons.map((reason) => (
                  <li key={reason}>{sentence(reason)}</li>
                ))}
              </ul>
            )}
            <Evidence assessment={assessment} />
          </Section>
          {spec !== null && (
            <>
              <LessonsUsed lessons={spec.lessons} />
              <SpecDetails spec={spec} />
            </>
          )}
        </div>
      )}
    </Panel>
  );
}
