import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { memo, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AlertView } from '#shared/contract/alerts.ts';
import { environmentTag } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { buttonClass } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { EnvTag } from '../../components/env.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { UrgencyMark } from './urgency-mark.tsx';
import { useDecidedApprovals } from './use-decided-approvals.ts';
import { WhyAlert } from './why-alert.tsx';

const STAYS_MS = 8_000;
const MOST_AT_ONCE = 3;

/**
 * Alerts as they come, at the lower right. They wait while the pointer or the focus is on them, F6 goes to them, and each stands in the
 * Alert centre as well. What is critical stays until it is dismissed. What asks for an approval goes once that is decided or has lapsed:
 * the clock of a toast stands still while the window has no focus, and then it would ask for what is over.
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
  const { add, close, toasts } = Toast.useToastManager<AlertView>();
  useEffect(
    () =>
      alerts.onTell((alert) => {
        add({
          id: String(alert.id),
          data: alert,
          priority: alert.urgency === 'critical' ? 'high' : 'low',
          ...(alert.urgency === 'critical' ? { timeout: 0 } : {}),
        });
      }),
    [alerts, add],
  );
  const decided = useDecidedApprovals();
  useEffect(() => {
    for (const { id, data, transitionStatus } of toasts)
      if (transitionStatus !== 'ending' && data !== undefined && decided.has(data.link)) close(id);
  }, [toasts, decided, close]);
  // Which kinds may be muted is asked for once something was told.
  const told = toasts.length > 0;
  useEffect(() => {
    if (told) void alerts.kinds.refresh();
  }, [told, alerts]);
  return (
    <Toast.Portal>
      <Toast.Viewport
        aria-label={t('alerts.region')}
        data-region="alerts"
        className="fixed right-4 bottom-10 z-30 flex w-88 max-w-[calc(100vw-2rem)] flex-col gap-2 outline-none"
      >
        {toasts.map((toast) => {
          const alert = toast.data;
          if (alert === undefined || toast.limited === true) return null;
          return (
            <Toast.Root
              key={toast.id}
              toast={toast}
              data-region-start=""
              className="rounded-panel border border-line bg-bg2 shadow-xl outline-offset-2"
            >
              <Toast.Content
                data-toast={alert.kind}
                {...(alert.environment === null ? {} : { 'data-env': environmentTag(alert.environment) })}
                className="flex items-start gap-2.5 p-3"
              >
                <UrgencyMark urgency={alert.urgency} />
                <div className="min-w-0 flex-1">
                  <div className="flex flex-wrap items-baseline gap-x-2">
                    <Toast.Title className="text-12 font-bold">{t(`alerts.kinds.${alert.kind}.title`)}</Toast.Title>
                    {alert.environment !== null && <EnvTag environment={alert.environment} />}
                  </div>
                  <Toast.Description className="figure mt-0.5 text-12 break-words text-ink">
                    {said(alert.text)}
                  </Toast.Description>
                  {alert.link !== '/alerts' && (
                    <Link
                      href={alert.link}
                      className={`${buttonClass('plain')} mt-1.5`}
                      onClick={() => close(toast.id)}
                    >
                      {t('alerts.openShort')}
                    </Link>
                  )}
                  {/* A press on it opens it; the toast would take it for the beginning of a swipe. */}
                  <div data-base-ui-swipe-ignore="">
                    <Disclosure summary={t('alerts.why')}>
                      <WhyAlert kind={alert.kind} />
                    </Disclosure>
                  </div>
                </div>
                <Toast.Close
                  aria-label={t('alerts.dismiss')}
                  className="fade flex size-7 shrink-0 items-center justify-center rounded-control text-muted hover:bg-bg3 hover:text-ink"
                >
                  <X aria-hidden size={14} />
                </Toast.Close>
              </Toast.Content>
            </Toast.Root>
          );
        })}
      </Toast.Viewport>
    </Toast.Portal>
  );
}
