import { useTranslation } from 'react-i18next';
import type { NewsItemView } from '#shared/contract/news.ts';
import { RunButton } from '../evidence/run-button.tsx';

/** Which runs read an item; each opens what that run knew. Where records do not name the items, that is said instead of "none". */
export function ReadIn({ readIn: { runs, more, notKept } }: Pick<NewsItemView, 'readIn'>) {
  const { t } = useTranslation();
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-x-1 text-muted" data-testid="read-in">
      {runs.length > 0 && <span>{t('learned.news.readIn')}</span>}
      {runs.map(({ cycle }) => (
        <RunButton key={cycle} cycle={cycle} />
      ))}
      {more > 0 && <span>{t('learned.news.moreRuns', { count: more })}</span>}
      {runs.length === 0 && notKept === 0 && <span>{t('learned.news.noRun')}</span>}
      {notKept > 0 && <span>{t('learned.news.notKept', { count: notKept })}</span>}
    </div>
  );
}
