import { memo, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useStore } from 'zustand';
import { confidenceText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { useNames } from '../../app/use-names.ts';
import { Money } from '../../components/figures.tsx';
import { Moment } from '../../components/moment.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { MarketPanel } from '../shell/market-panel.tsx';
import { Sparkline } from './sparkline.tsx';

/** As many of the newest alerts as fit beside a run; the rest is in the Alert centre. */
const LATEST = 5;
/** How often the market is read anew while somebody looks; it is judged once in several candles only. */
const READ_EVERY_MS = 15_000;

/** What stands beside the runs: how the market reads now, the way of the equity, and what was told last. */
export const NowPanel = memo(function NowPanel() {
  const { t } = useTranslation();
  const { extras, portfolio } = useStores();
  const environment = useStore(portfolio, ({ data }) => data?.environment ?? null);
  useEffect(() => {
    void extras.reading.refresh();
    const timer = setInterval(() => void extras.reading.refresh(), READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [extras]);
  return (
    <MarketPanel title={t('run.now')} env={environment} flush>
      <Regime />
      <Equity />
      <Latest />
    </MarketPanel>
  );
});

function Regime() {
  const { t } = useTranslation();
  const name = useNames();
  const { extras } = useStores();
  const loaded = useStore(extras.reading);
  return (
    <LoadedView
      loaded={loaded}
      what={t('run.theReading')}
      retry={() => void extras.reading.refresh()}
      cancel={extras.reading.giveUp}
    >
      {({ instrument, interval, bands }) => {
        const band = bands.at(-1);
        return band === undefined ? null : (
          <p
            className="flex flex-wrap items-baseline gap-x-2 border-b border-hair px-3 py-2 text-12"
            data-testid="regime-now"
          >
            <span className="whitespace-nowrap text-muted">
              {instrument} {interval}
            </span>
            <span className="font-medium">{name('regimes', band.regime)}</span>
            <span className="figure text-muted">{confidenceText(band.confidence)}</span>
            <span className="ml-auto text-11 whitespace-nowrap text-faint">
              {t('run.judgedAt')} <Moment ms={band.to} form="clock" />
            </span>
          </p>
        );
      }}
    </LoadedView>
  );
}

function Equity() {
  const { t } = useTranslation();
  const { portfolio } = useStores();
  const curve = useStore(portfolio, ({ data }) => data?.equityCurve);
  const asset = useStore(portfolio, ({ data }) => data?.quoteAsset ?? '');
  const [first, last] = [curve?.[0], curve?.at(-1)];
  if (curve === undefined || curve.length < 2 || first === undefined || last === undefined) return null;
  return (
    <Link href="/portfolio" className="fade block border-b border-hair px-3 py-2 hover:bg-bg2">
      <span className="figure flex items-baseline justify-between text-12">
        <span className="text-muted">{t('run.equity')}</span>
        <Money text={last.equity} asset={asset} />
      </span>
      <Sparkline values={curve.map(({ equity }) => Number(equity))} />
      <span className="figure flex justify-between text-11 text-faint">
        <Moment ms={first.ts} form="short" />
        <Moment ms={last.ts} form="short" />
      </span>
    </Link>
  );
}

function Latest() {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const loaded = useStore(alerts.list);
  return (
    <LoadedView
      loaded={loaded}
      what={t('run.toldLately')}
      retry={() => void alerts.list.refresh()}
      cancel={alerts.list.giveUp}
    >
      {({ alerts: list }) =>
        list.length === 0 ? (
          <p className="px-3 py-2 text-12 text-muted">{t('run.nothingTold')}</p>
        ) : (
          <ul aria-label={t('run.toldLately')} className="py-1">
            {list.slice(0, LATEST).map(({ id, kind, text, lastAt, link }) => (
              <li key={id} data-told={kind}>
                <Link href={link} className="fade figure flex items-baseline gap-2 px-3 py-1 text-12 hover:bg-bg2">
                  <span className="min-w-0 flex-1 truncate" title={said(text)}>
                    {said(text)}
                  </span>
                  <Moment ms={lastAt} form="clock" className="text-11 text-faint" />
                </Link>
              </li>
            ))}
          </ul>
        )
      }
    </LoadedView>
  );
}
