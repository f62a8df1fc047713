import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { Button, buttonClass } from '../../components/button.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AlertRow } from './alert-row.tsx';

type Props = {
  /** Somebody follows a link out of the list. */
  readonly onLeave: () => void;
};

/** Everything that the engine had to tell, newest first. */
export function AlertList({ onLeave }: Props) {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const loaded = useStore(alerts.list);
  const label = useId();
  const [unreadOnly, setUnreadOnly] = useState(false);
  useEffect(() => {
    void alerts.list.refresh();
    void alerts.kinds.refresh();
  }, [alerts]);

  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-hair px-3 py-2">
        <span id={label} className="text-12 text-muted">
          {t('alerts.unreadOnly')}
        </span>
        <Switch labelledBy={label} checked={unreadOnly} onChange={setUnreadOnly} />
        <Button
          className="ml-auto"
          disabled={(loaded.data?.unread ?? 0) === 0}
          onClick={() => void alerts.markRead('all')}
        >
          {t('alerts.readAll')}
        </Button>
        <Link href="/settings/notifications" className={buttonClass('quiet')} onClick={onLeave}>
          {t('alerts.settings')}
        </Link>
      </div>
      <LoadedView
        loaded={loaded}
        what={t('alerts.title')}
        retry={() => void alerts.list.refresh()}
        cancel={alerts.list.giveUp}
      >
        {({ alerts: all }) => {
          const shown = all.filter(({ read }) => !unreadOnly || !read);
          if (shown.length === 0)
            return <EmptyState>{t(unreadOnly ? 'alerts.emptyUnread' : 'alerts.empty')}</EmptyState>;
          return (
            <ul>
              {shown.map((alert) => (
                <AlertRow key={alert.id} alert={alert} onLeave={onLeave} />
              ))}
            </ul>
          );
        }}
      </LoadedView>
    </>
  );
}
