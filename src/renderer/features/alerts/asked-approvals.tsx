import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AlertView } from '#shared/contract/alerts.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { TimeLeft } from '../approvals/time-left.tsx';

/** Of more of them only the count is said: the toast must not grow over the screen. */
const MOST_NAMED = 2;

/**
 * The approvals that one toast asks for, each with the time that is left: the minutes that the alert named go by while the toast stays. An
 * approval that this window has not read yet is told as the alert told it.
 */
export function AskedApprovals({ waiting }: { readonly waiting: readonly AlertView[] }) {
  const { t } = useTranslation();
  const named = useNames();
  const { automation } = useStores();
  const pending = useStore(automation.approvals, ({ data }) => data?.pending);
  const more = waiting.length - MOST_NAMED;
  return (
    <>
      <ul className="flex flex-col gap-1">
        {waiting.slice(0, MOST_NAMED).map((alert) => {
          const approval = pending?.find(({ id }) => alert.link === `/approvals/${id}`);
          if (approval === undefined) return <li key={alert.link}>{said(alert.text)}</li>;
          const { id, family, instrument, interval, expiresAt } = approval;
          return (
            <li key={alert.link} data-asked={id} className="flex flex-wrap items-baseline gap-x-2">
              <span className="figure-mono text-11 text-faint">{id}</span>
              {t('approvals.of', { family: named('families', family), instrument, interval })}
              <TimeLeft expiresAt={expiresAt} />
            </li>
          );
        })}
      </ul>
      {more > 0 && <p className="mt-1 text-muted">{t('alerts.moreWait', { count: more })}</p>}
    </>
  );
}
