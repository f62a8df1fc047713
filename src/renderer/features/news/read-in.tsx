import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewsItemView } from '#shared/contract/news.ts';
import { Button } from '../../components/button.tsx';
import { EvidenceSheet } from '../evidence/evidence-sheet.tsx';

/** Which runs read an item; each opens what that run knew. Where records do not name the items, that is said instead of "none". */
export function ReadIn({ readIn: { runs, more, notKept } }: Pick<NewsItemView, 'readIn'>) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<number | null>(null);
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-x-1 text-muted" data-testid="read-in">
      {runs.length > 0 && <span>{t('learned.news.readIn')}</span>}
      {runs.map(({ cycle }) => (
        <Button key={cycle} kind="quiet" onClick={() => setShown(cycle)}>
          {t('learned.news.run', { cycle })}
        </Button>
      ))}
      {more > 0 && <span>{t('learned.news.moreRuns', { count: more })}</span>}
      {runs.length === 0 && notKept === 0 && <span>{t('learned.news.noRun')}</span>}
      {notKept > 0 && <span>{t('learned.news.notKept', { count: notKept })}</span>}
      {shown !== null && <EvidenceSheet cycle={shown} open fact={null} onClose={() => setShown(null)} />}
    </div>
  );
}
