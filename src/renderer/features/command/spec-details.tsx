import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentSpecView } from '#shared/contract/cycle.ts';
import { shortHash } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { CopyText } from '../../components/copy-text.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { SignedR } from '../../components/figures.tsx';
import { Section } from '../../components/section.tsx';
import { InstructionsDiff } from '../agents/instructions-diff.tsx';
import { LessonSheet } from '../evidence/lesson-sheet.tsx';
import { Words } from '../evidence/words.tsx';
import { LearnedIn, learnedTag } from '../memory/learned-in.tsx';

type LessonsProps = { readonly lessons: AgentSpecView['lessons'] };

/** Lessons the spawner recalled, and what each changed; each opens where it comes from. */
export function LessonsUsed({ lessons }: LessonsProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Section title={lessons.length === 0 ? t('run.lessons.none') : t('run.lessons.used', { n: lessons.length })}>
      {lessons.length === 0 ? (
        <p className="text-12 text-muted">{t('run.lessons.noneLong')}</p>
      ) : (
        <ul className="flex flex-col text-12">
          {lessons.map((lesson) => (
            <li
              key={lesson.id}
              data-env={learnedTag(lesson.environment)}
              className="flex items-baseline gap-3 border-t border-hair py-1 first:border-t-0"
            >
              <button
                type="button"
                aria-label={t('run.lessons.open', { id: shortHash(lesson.id) })}
                aria-haspopup="dialog"
                onClick={() => setOpen(lesson.id)}
                className="fade figure-mono inline-flex h-6 items-center rounded-control px-1 text-11 text-accent underline-offset-2 hover:bg-bg2 hover:underline"
              >
                {shortHash(lesson.id)}
              </button>
              <span className="min-w-0 flex-1">{said(lesson.effect)}</span>
              <span className="figure text-11 text-faint">
                {t('run.lessons.alike', { share: `${Math.round(lesson.similarity * 100)}%` })}
              </span>
              <LearnedIn environment={lesson.environment} />
              <SignedR r={lesson.outcomeR} />
            </li>
          ))}
        </ul>
      )}
      <LessonSheet id={open} onClose={() => setOpen(null)} />
    </Section>
  );
}

type SpecProps = { readonly spec: AgentSpecView; readonly agentId: string | null };

/** The agent in full: its instructions word by word and beside the base version, its numbers, and the hash that covers them. */
export function SpecDetails({ spec, agentId }: SpecProps) {
  const { t } = useTranslation();
  return (
    <div className="border-t border-hair px-4 py-2">
      <Disclosure summary={t('run.spec.instructions')}>
        <Words text={spec.instructions} label={t('run.spec.instructions')} />
      </Disclosure>
      {agentId !== null && (
        <Disclosure lazy summary={t('run.spec.differs')}>
          <InstructionsDiff agentId={agentId} />
        </Disclosure>
      )}
      <Disclosure summary={t('run.spec.parameters')}>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-0.5 text-12">
          {Object.entries(spec.parameters).map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="figure-mono text-muted">{name}</dt>
              <dd className="figure-mono">{value}</dd>
            </div>
          ))}
          {spec.promptParts.map((part) => (
            <div key={part.id} className="contents">
              <dt className="figure-mono text-muted">{t('run.spec.prompt', { id: part.id })}</dt>
              <dd className="figure-mono">
                {t('run.spec.version', { version: part.version, hash: shortHash(part.hash) })}
              </dd>
            </div>
          ))}
        </dl>
        <div className="mt-2 flex items-center gap-2 text-12">
          <span className="text-muted">{t('run.spec.hash')}</span>
          <CopyText value={spec.hash} shown={shortHash(spec.hash)} what={t('run.spec.hashWhat')} />
        </div>
        <p className="mt-1 text-12 text-muted">{said(spec.why)}</p>
      </Disclosure>
    </div>
  );
}
