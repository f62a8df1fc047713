import { CircleSlash, OctagonX, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CycleView } from '#shared/contract/cycle.ts';
import { environmentTag, sentence } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { SignedMoney, SignedR } from '../../components/figures.tsx';
import { Pairs } from '../../components/pairs.tsx';
import { Panel } from '../../components/panel.tsx';
import { Section } from '../../components/section.tsx';
import { DebriefLesson } from './debrief-lesson.tsx';
import { useIdentity, useReconciliation } from './debrief-pairs.tsx';
import { ExpectedAndWas } from './expected-and-was.tsx';

type Result = NonNullable<CycleView['result']>;

/** The run ended without a result: it failed or was interrupted early. */
function Failure({ cycle }: { readonly cycle: CycleView }) {
  const { t } = useTranslation();
  const stage = cycle.stages.find((one) => one.state === 'failed');
  const untouched = cycle.orders.length === 0;
  return (
    <div role="alert" className="flex gap-3 p-4">
      <TriangleAlert aria-hidden size={18} className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0">
        <p className="font-bold break-words">{cycle.error ?? stage?.detail ?? t('run.debrief.endedEarly')}</p>
        <p className="mt-1 text-12 text-muted">{t(untouched ? 'run.debrief.untouched' : 'run.debrief.touched')}</p>
      </div>
    </div>
  );
}

function Headline({ result }: { readonly result: Result }) {
  const { t } = useTranslation();
  const name = useNames();
  if (result.outcome === 'traded') {
    return (
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <div className="text-11 text-faint">{t('run.debrief.net')}</div>
          <SignedMoney text={result.netPnl} asset={result.quoteAsset} className="text-24 font-bold" />
        </div>
        <div className="text-right">
          <div className="text-11 text-faint">{t('run.debrief.inR')}</div>
          <SignedR r={result.r} className="text-18 font-medium" />
        </div>
        <p className="w-full text-11 text-faint">{t('firstTrade.oneR')}</p>
      </div>
    );
  }
  const Icon = result.outcome === 'no_trade' ? CircleSlash : OctagonX;
  return (
    <div className="flex items-center gap-3">
      <Icon aria-hidden size={20} className={result.outcome === 'no_trade' ? 'text-accent' : 'text-warn'} />
      <div className="text-24 font-bold">{name('outcomes', result.outcome)}</div>
    </div>
  );
}

/** How a run ended: what came of it beside what was expected, the lesson it left, and the money to the last digit. */
export function DebriefPanel({ cycle }: { readonly cycle: CycleView }) {
  const { t } = useTranslation();
  const name = useNames();
  const { result, lesson, agentSpec } = cycle;
  if (result === null && cycle.state === 'running') return null;
  const outcome = result === null ? '' : name('outcomes', result.outcome).toLowerCase();
  return (
    <Panel
      title={t('run.debrief.title')}
      flush
      env={cycle.environment}
      note={
        result === null
          ? undefined
          : result.barsLived === 0
            ? outcome
            : t('run.debrief.lived', { outcome, count: result.barsLived })
      }
    >
      {result === null ? (
        <Failure cycle={cycle} />
      ) : (
        <div data-testid="result" data-outcome={result.outcome} data-env={environmentTag(cycle.environment)}>
          <div className="flex flex-col gap-2 p-4">
            <Headline result={result} />
            <p className="text-12 text-muted">{sentence(said(result.reason))}</p>
          </div>
          {agentSpec !== null && <ExpectedAndWas cycle={cycle} spec={agentSpec} result={result} />}
          {lesson !== null && <DebriefLesson key={lesson.id} lesson={lesson} />}
          <Section title={t('run.debrief.money', { asset: result.quoteAsset })}>
            <Reconciliation result={result} />
          </Section>
        </div>
      )}
      <Section title={t('run.debrief.record')}>
        <Identity cycle={cycle} />
      </Section>
    </Panel>
  );
}

const Reconciliation = ({ result }: { readonly result: Result }) => <Pairs pairs={useReconciliation(result)} />;
const Identity = ({ cycle }: { readonly cycle: CycleView }) => <Pairs pairs={useIdentity(cycle)} />;
