import { Toast } from '@base-ui/react/toast';
import { memo, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { AlertView } from '#shared/contract/alerts.ts';
import { said } from '../../app/said.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { AlertToast } from './alert-toast.tsx';
import { AskedApprovals } from './asked-approvals.tsx';
import { useAskedApprovals } from './use-asked-approvals.ts';

const STAYS_MS = 8_000;
/** Until somebody dismisses it. */
const STAYS = 0;
const MOST_AT_ONCE = 3;
/** The one toast of everything that waits for the master. */
const APPROVALS = 'approvals';
const APPROVALS_SCREEN = '/approvals';

/**
 * Alerts as they come, at the lower right. They wait while the pointer or the focus is on them, F6 goes to them, and each stands in the
 * Alert centre as well. What is critical stays until it is dismissed. What asks for approvals stays, in one toast, until each of them is
 * decided or has lapsed: one that leaves while its approval waits would leave nobody asked. The screen of approvals shows them itself.
 */
export const AlertToasts = memo(function AlertToasts() {
  return (
    <Toast.Provider limit={MOST_AT_ONCE} timeout={STAYS_MS}>
      <ToastStack />
    </Toast.Provider>
  );
});

function ToastStack() {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const [location] = useLocation();
  const { add, close, toasts } = Toast.useToastManager<AlertView>();
  useEffect(
    () =>
      alerts.onTell((alert) => {
        if (alert.kind !== 'approval_needed')
          add({
            id: String(alert.id),
            data: alert,
            priority: alert.urgency === 'critical' ? 'high' : 'low',
            ...(alert.urgency === 'critical' ? { timeout: STAYS } : {}),
          });
      }),
    [alerts, add],
  );
  const { waiting, dismiss } = useAskedApprovals();
  const newest = waiting[0];
  useEffect(() => {
    if (newest === undefined) close(APPROVALS);
    else add({ id: APPROVALS, data: newest, timeout: STAYS, priority: 'low', onClose: dismiss });
  }, [newest, add, close, dismiss]);
  // Which kinds may be muted is asked for once something was told.
  const told = toasts.length > 0;
  useEffect(() => {
    if (told) void alerts.kinds.refresh();
  }, [told, alerts]);
  const onApprovals = location === APPROVALS_SCREEN || location.startsWith(`${APPROVALS_SCREEN}/`);
  return (
    <Toast.Portal>
      <Toast.Viewport
        aria-label={t('alerts.region')}
        data-region="alerts"
        className="fixed right-4 bottom-10 z-30 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none"
      >
        {toasts.map((toast) => {
          const alert = toast.data;
          if (alert === undefined) return null;
          if (toast.id === APPROVALS)
            return (
              <AlertToast
                key={toast.id}
                // Newer toasts must not push it off: it stays beside as many as there may be.
                toast={{ ...toast, limited: false }}
                alert={alert}
                link={waiting.length === 1 ? alert.link : APPROVALS_SCREEN}
                hidden={onApprovals}
              >
                <AskedApprovals waiting={waiting} />
              </AlertToast>
            );
          if (toast.limited === true) return null;
          return (
            <AlertToast key={toast.id} toast={toast} alert={alert} link={alert.link} onOpen={() => close(toast.id)}>
              {said(alert.text)}
            </AlertToast>
          );
        })}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
