import { Bell } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Sheet } from '../../components/sheet.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { AlertList } from './alert-list.tsx';

const MOST_SHOWN = 99;

type Props = { readonly open: boolean; readonly onOpen: (open: boolean) => void };

/** The bell of the top bar with how many nobody has read, and the list that it opens. */
export function AlertBell({ open, onOpen }: Props) {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const unread = useStore(alerts.list).data?.unread ?? 0;
  useEffect(() => {
    void alerts.list.refresh();
  }, [alerts]);
  return (
    <>
      <button
        type="button"
        data-testid="bell"
        aria-label={unread === 0 ? t('alerts.bell') : t('alerts.bellUnread', { count: unread })}
        aria-expanded={open}
        onClick={() => onOpen(!open)}
        className="fade relative flex h-7 min-w-7 shrink-0 items-center justify-center gap-1 rounded-control px-1 text-muted hover:bg-bg2 hover:text-ink"
      >
        <Bell aria-hidden size={16} />
        {unread > 0 && (
          <span aria-hidden className="figure text-11 font-bold text-warn">
            {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
          </span>
        )}
      </button>
      <Sheet open={open} onClose={() => onOpen(false)} title={t('alerts.title')}>
        <div className="-m-4">
          <AlertList onLeave={() => onOpen(false)} />
        </div>
      </Sheet>
    </>
  );
}
