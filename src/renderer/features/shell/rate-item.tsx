import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { currencyText, rateAgeDays } from '#shared/format/display-money.ts';
import { useMoneyDisplay } from '../../app/money-display.ts';
import { useNow } from '../../app/now.ts';

/** After this many days a rate is pointed out: shillings move about this much in a fortnight, and nobody updates it but the master. */
const OLD_AFTER_DAYS = 14;

/** The rate that shillings are shown at, with its age, and the way to change it. Absent while everything is shown in dollars. */
export function RateItem() {
  const { t } = useTranslation();
  const { currency, rate, locale } = useMoneyDisplay();
  const now = useNow();
  if (currency === 'USD' || rate === null) return null;
  const age = rateAgeDays(rate.on, now);
  return (
    <Link
      href="/settings/general"
      title={t('bar.rateMeaning', { on: rate.on, count: age })}
      className={`figure fade flex h-6 shrink-0 items-center border-r border-hair px-2.5 whitespace-nowrap -outline-offset-2 hover:bg-bg2 hover:text-ink max-lg:hidden ${age > OLD_AFTER_DAYS ? 'text-warn' : ''}`}
    >
      {t('bar.rate', { rate: currencyText(rate.kesPerUsd, 'KES', locale) })}
    </Link>
  );
}
