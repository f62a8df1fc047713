import { clsx } from 'clsx';

const ADDRESS = 'https://www.tradingview.com/';
const NAME = 'TradingView Lightweight Charts';

/** The notice the chart library asks for. The desktop window opens no outside pages: there the address is text to be copied. */
export function ChartCredit() {
  const desktop = window.mt !== undefined;
  return (
    <span className={clsx('text-11 text-faint', !desktop && 'whitespace-nowrap')}>
      Charts by{' '}
      {desktop ? (
        <>
          {NAME}, <span className="select-text">{ADDRESS}</span>
        </>
      ) : (
        <a href={ADDRESS} rel="noreferrer" target="_blank" className="underline underline-offset-2">
          {NAME}
        </a>
      )}
    </span>
  );
}
