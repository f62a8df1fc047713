import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApprovalView } from '#shared/contract/automation.ts';
import { factText } from '#shared/format/facts.ts';
import { rText } from '#shared/format/figures.ts';
import { sentence } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Button } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { Section } from '../../components/section.tsx';
import { BriefInstructions } from '../agents/instructions-diff.tsx';
import { EvidenceSheet } from '../evidence/evidence-sheet.tsx';
import { LearnedIn, learnedTag } from '../memory/learned-in.tsx';

type Lessons = ApprovalView['evidence']['lessonsFor'];

function LessonList({ title, lessons }: { readonly title: string; readonly lessons: Lessons }) {
  const { t } = useTranslation();
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-11 text-faint">{title}</h4>
      {lessons.length === 0 ? (
        <p className="text-12 text-muted">{t('approvals.evidence.noLesson')}</p>
      ) : (
        <ul className="flex flex-col gap-1 text-12">
          {lessons.map(({ id, environment, outcomeR, effect }) => (
            <li key={id} data-env={learnedTag(environment)} className="break-words">
              <span className="figure-mono mr-1 text-11 text-faint">{id}</span> <LearnedIn environment={environment} />
              {t('approvals.evidence.lesson', { r: rText(outcomeR), effect: said(effect) })}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Why it was thought of: the judgement, its facts, and what memory says for it and against it. */
export function EvidenceList({ approval }: { readonly approval: ApprovalView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const named = useNames();
  const { regime, confidence, source, reasons, facts, lessonsFor, lessonsAgainst } = approval.evidence;
  return (
    <Section title={t('approvals.evidence.title')}>
      <p className="mb-2 text-12">
        {t('approvals.evidence.judged', {
          regime: named('regimes', regime),
          confidence: confidence.toFixed(2),
          source: t(`approvals.evidence.${source}`),
        })}
      </p>
      {reasons.length > 0 && (
        <ul className="mb-3 list-disc pl-4 text-12 marker:text-faint">
          {reasons.map((reason) => (
            <li key={reason}>{sentence(said(reason))}</li>
          ))}
        </ul>
      )}
      <div className="grid gap-3 md:grid-cols-3">
        <div className="min-w-0">
          <h4 className="mb-1 text-11 text-faint">{t('approvals.evidence.facts')}</h4>
          <ul className="flex flex-col gap-1 text-12">
            {facts.map((fact) => (
              <li key={fact.id} className="figure break-words">
                {said(fact.label)}: {factText(fact)}
              </li>
            ))}
          </ul>
        </div>
        <LessonList title={t('approvals.evidence.for')} lessons={lessonsFor} />
        <LessonList title={t('approvals.evidence.against')} lessons={lessonsAgainst} />
      </div>
      <Button className="mt-3" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('approvals.evidence.open')}
      </Button>
      <EvidenceSheet cycle={approval.cycle} open={open} fact={null} onClose={() => setOpen(false)} />
      {approval.kind === 'brief' && (
        <Disclosure lazy summary={t('approvals.evidence.instructions')}>
          <BriefInstructions approval={approval.id} />
        </Disclosure>
      )}
    </Section>
  );
}
