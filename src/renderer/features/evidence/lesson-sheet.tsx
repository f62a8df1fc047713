import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAct } from '../../app/use-act.ts';
import { Sheet } from '../../components/sheet.tsx';
import { ErrorState, LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { LessonDetail } from '../memory/lesson-detail.tsx';

type Props = { readonly id: string | null; readonly onClose: () => void };

/** One lesson, from wherever it is named: where it comes from, who knew it, and striking it out. */
export function LessonSheet({ id, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Sheet open={id !== null} onClose={onClose} title={id === null ? t('learned.memory.lesson') : id}>
      {id !== null && <Lesson key={id} id={id} />}
    </Sheet>
  );
}

function Lesson({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { lessons } = useStores();
  const store = lessons.of(id);
  const loaded = useStore(store);
  const act = useAct();
  return (
    <LoadedView
      loaded={loaded}
      what={t('run.debrief.lessonWhat')}
      retry={() => void store.refresh()}
      cancel={store.giveUp}
    >
      {(detail) => (
        <>
          {act.error !== null && <ErrorState error={act.error} />}
          <LessonDetail
            detail={detail}
            busy={act.busy}
            onRevoke={(reason) => void act.run(() => lessons.revoke(id, reason))}
          />
        </>
      )}
    </LoadedView>
  );
}
