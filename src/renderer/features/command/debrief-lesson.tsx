import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { CycleView } from '#shared/contract/cycle.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Chip } from '../../components/chip.tsx';
import { CopyText } from '../../components/copy-text.tsx';
import { Section } from '../../components/section.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { LessonSheet } from '../evidence/lesson-sheet.tsx';
import { LearnedIn } from '../memory/learned-in.tsx';

const TONE = { active: 'good', decayed: 'neutral', revoked: 'bad' } as const;

/** The lesson that a run wrote down, whether it counts, and the way to strike it out. */
export function DebriefLesson({ lesson }: { readonly lesson: NonNullable<CycleView['lesson']> }) {
  const { t } = useTranslation();
  const { lessons } = useStores();
  const [open, setOpen] = useState(false);
  const known = useStore(lessons.of(lesson.id)).data?.lesson;
  const revoked = known?.status === 'revoked';
  return (
    <Section title={t(revoked ? 'run.debrief.lessonRevoked' : 'run.debrief.lesson')}>
      <p className={revoked ? 'text-12 text-muted line-through' : 'text-12'}>{said(lesson.text)}</p>
      <div className="mt-1.5 flex flex-wrap items-center gap-2" data-testid="debrief-lesson">
        <LearnedIn environment={lesson.environment} />
        <CopyText value={lesson.id} what={t('run.debrief.lessonId')} />
        {known !== undefined && (
          <Chip tone={TONE[known.status]} title={said(known.why)}>
            {t(`run.debrief.standing.${known.status}`)}
          </Chip>
        )}
        <Button kind="quiet" className="ml-auto" aria-haspopup="dialog" onClick={() => setOpen(true)}>
          {t(revoked ? 'run.debrief.look' : 'run.debrief.revoke')}
        </Button>
      </div>
      <LessonSheet id={open ? lesson.id : null} onClose={() => setOpen(false)} />
    </Section>
  );
}
