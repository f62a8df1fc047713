import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AlertView } from '#shared/contract/alerts.ts';
import { environmentTag } from '#shared/format/names.ts';
import { buttonClass } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { EnvTag } from '../../components/env.tsx';
import { UrgencyMark } from './urgency-mark.tsx';
import { WhyAlert } from './why-alert.tsx';

type Props = {
  readonly toast: Toast.Root.ToastObject<AlertView>;
  readonly alert: AlertView;
  /** Where it leads. */
  readonly link: string;
  /** Somebody follows the link. */
  readonly onOpen?: () => void;
  /** Not drawn where the screen says the same. */
  readonly hidden?: boolean;
  /** What it says. */
  readonly children: ReactNode;
};

/** One toast: what kind of alert it is, what it says, the way there, and why it came. */
export function AlertToast({ toast, alert, link, onOpen, hidden = false, children }: Props) {
  const { t } = useTranslation();
  return (
    <Toast.Root
      toast={toast}
      hidden={hidden}
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
          <Toast.Description render={<div />} className="figure mt-0.5 text-12 break-words text-ink">
            {children}
          </Toast.Description>
          {link !== '/alerts' && (
            <Link href={link} className={`${buttonClass('plain')} mt-1.5`} onClick={onOpen}>
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
}
