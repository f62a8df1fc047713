import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { AlertView } from '#shared/contract/alerts.ts';
import { environmentTag } from '#shared/format/names.ts';
import { said } from '../../app/said.ts';
import { Button, buttonClass } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { EnvTag } from '../../components/env.tsx';
import { Moment } from '../../components/moment.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { UrgencyMark } from './urgency-mark.tsx';
import { WhyAlert } from './why-alert.tsx';

type Props = { readonly alert: AlertView; readonly onLeave: () => void };

/** One alert: what it says, where it leads, why it came, and how to hear no more of its kind. */
export function AlertRow({ alert, onLeave }: Props) {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const { id, kind, urgency, environment, text, lastAt, count, read, link, heldBack } = alert;
  const title = t(`alerts.kinds.${kind}.title`);
  return (
    <li
      data-alert={kind}
      {...(environment === null ? {} : { 'data-env': environmentTag(environment) })}
      className={clsx('flex gap-2.5 border-t border-hair px-3 py-2 first:border-t-0', !read && 'bg-bg2')}
    >
      <UrgencyMark urgency={urgency} />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2 text-11 text-muted">
          <span className={clsx('text-12', read ? 'text-muted' : 'font-bold text-ink')}>{title}</span>
          <Moment ms={lastAt} form="short" />
          {count > 1 && <span className="figure">{t('alerts.times', { count })}</span>}
          {environment !== null && <EnvTag environment={environment} />}
        </div>
        <p className="figure mt-0.5 text-13 break-words">{said(text)}</p>
        {heldBack !== null && <p className="mt-0.5 text-11 text-muted">{t(`alerts.held.${heldBack}`)}</p>}
        <div className="mt-1 flex flex-wrap items-center gap-1.5">
          {link !== '/alerts' && (
            <Link
              href={link}
              aria-label={`${t('alerts.open')}: ${title}`}
              className={buttonClass('plain')}
              onClick={() => {
                void alerts.markRead([id]);
                onLeave();
              }}
            >
              {t('alerts.openShort')}
            </Link>
          )}
          {!read && (
            <Button
              kind="quiet"
              aria-label={`${t('alerts.markRead')}: ${title}`}
              onClick={() => void alerts.markRead([id])}
            >
              {t('alerts.markRead')}
            </Button>
          )}
        </div>
        <Disclosure summary={t('alerts.why')}>
          <WhyAlert kind={kind} />
        </Disclosure>
      </div>
    </li>
  );
}
