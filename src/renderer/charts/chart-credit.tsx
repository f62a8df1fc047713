import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';

const ADDRESS = 'https://www.tradingview.com/';
const NAME = 'TradingView Lightweight Charts';

/** The notice the chart library asks for. The desktop window opens no outside pages: there the address is text to be copied. */
export function ChartCredit() {
  const { t } = useTranslation();
  const desktop = window.mt !== undefined;
  return (
    <span className={clsx('text-11 text-faint', !desktop && 'whitespace-nowrap')}>
      {t('figures.chartsBy')}{' '}
      {desktop ? (
        <>
          <span translate="no">{NAME}</span>, <span className="select-text">{ADDRESS}</span>
        </>
      ) : (
        <a translate="no" href={ADDRESS} rel="noreferrer" target="_blank" className="underline underline-offset-2">
          {NAME}
        </a>
      )}
    </span>
  );
}
