/** The notice the chart library asks for. The window opens no outside pages, so the address is written out. */
export function ChartCredit() {
  return (
    <span className="text-11 whitespace-nowrap text-faint">
      Charts by{' '}
      <a href="https://www.tradingview.com/" rel="noreferrer" target="_blank" className="underline underline-offset-2">
        TradingView Lightweight Charts
      </a>
    </span>
  );
}
