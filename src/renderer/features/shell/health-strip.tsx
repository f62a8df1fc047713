import { clsx } from 'clsx';
import type { TFunction } from 'i18next';
import { Keyboard, Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineStatus } from '#shared/contract/engine.ts';
import { decimalText } from '#shared/format/figures.ts';
import { ageText, shortDateTimeText, utcText, zoneName } from '#shared/format/time.ts';
import { keysText } from '#shared/shortcuts/keys.ts';
import { said } from '../../app/said.ts';
import { useShortcutKeys } from '../../app/shortcuts.ts';
import { zone } from '../../app/zone.ts';
import { EnvTag } from '../../components/env.tsx';
import { useEngine } from '../../stores/stores-context.tsx';
import { DownloadChip } from '../models/download-chip.tsx';
import { VaultChip } from '../vault/vault-chip.tsx';
import { RateItem } from './rate-item.tsx';
import { useFeedAge } from './use-feed-age.ts';

type ItemProps = { readonly title?: string; readonly className?: string; readonly children: ReactNode };

function Item({ title, className, children }: ItemProps) {
  return (
    <span
      title={title}
      className={clsx(
        'figure flex h-6 max-w-full shrink-0 items-center gap-1.5 border-r border-hair px-2.5 whitespace-nowrap',
        className,
      )}
    >
      {children}
    </span>
  );
}

const DOT = {
  active: 'bg-ok',
  reducing: 'bg-warn',
  halted: 'bg-danger',
  offline: 'bg-warn',
} as const;

/** `60x` of a market that runs faster than the clock; nothing for one that keeps pace. */
export const speedText = (speed: number): string => (speed === 1 || speed === 0 ? '' : `${speed}x`);

/** Says whose clock the age is measured on. */
const feedTitle = ({ seed, speed }: EngineStatus['feed'], t: TFunction): string =>
  [
    t('bar.feedSource'),
    ...(speedText(speed) === '' ? [] : [t('bar.feedSpeed', { speed })]),
    ...(seed === null ? [] : [t('bar.feedSeed', { seed })]),
  ].join(', ');

type Props = { readonly online: boolean; readonly onHelp: () => void; readonly onFind: () => void };

/** The state of everything underneath, in one quiet line. */
export const HealthStrip = memo(function HealthStrip({ online, onHelp, onFind }: Props) {
  const { t } = useTranslation();
  const status = useEngine((state) => state.status);
  const keysOf = useShortcutKeys();
  const age = useFeedAge();
  const offlineReady = status?.environment === 'simulated' || status?.environment === 'backtest';
  const engine = online ? (status?.tradingState ?? 'active') : 'offline';
  return (
    <footer
      data-region="strip"
      aria-label={t('bar.health')}
      className="z-20 flex h-6 min-w-0 items-center overflow-hidden border-t border-hair bg-bg1 text-11 text-muted"
    >
      {/* What does not fit goes to a line below the strip, where nobody sees it: whole or not at all, in any language. */}
      <div className="flex h-6 min-w-0 flex-1 flex-wrap content-start overflow-hidden">
        <Item>
          <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', DOT[engine])} />
          {t('bar.engine', { state: t(`bar.engineStates.${engine}`) })}
        </Item>
        {status !== null && (
          <>
            <Item title={feedTitle(status.feed, t)}>
              <span className="truncate">{said(status.feed.label)}</span>
              <span className="text-ink">
                {age === null ? t('bar.feedNone') : t('bar.feedAge', { age: ageText(age) })}
              </span>
              {speedText(status.feed.speed) !== '' && <span className="text-sim">{speedText(status.feed.speed)}</span>}
            </Item>
            {status.livePrices !== null && (
              <Item title={status.livePrices.trouble === null ? t('bar.livePrices') : said(status.livePrices.trouble)}>
                <EnvTag environment={status.livePrices.environment} />
                <span className="truncate">{said(status.livePrices.label)}</span>
                {status.livePrices.trouble !== null && <span className="text-warn">{t('bar.notGood')}</span>}
              </Item>
            )}
            <Item className="max-md:hidden">{t('bar.analyst', { name: said(status.analyst.label) })}</Item>
            <DownloadChip />
            <VaultChip online={online} />
            {offlineReady && <Item className="max-lg:hidden">{t('bar.offlineReady')}</Item>}
            <Item className="max-lg:hidden" title={t('bar.recordsMeaning')}>
              {t('bar.records', { count: status.journal.records, shown: decimalText(String(status.journal.records)) })}
            </Item>
            <RateItem />
          </>
        )}
      </div>
      {status !== null && (
        <span className="figure flex shrink-0 items-center gap-1.5 px-2.5 whitespace-nowrap max-sm:hidden">
          <span className="text-faint">{t('bar.marketTime')}</span>
          <time dateTime={new Date(status.marketTime).toISOString()} title={utcText(status.marketTime)}>
            {shortDateTimeText(status.marketTime, zone)}
          </time>
          {zoneName(status.marketTime, zone)}
        </span>
      )}
      <button
        type="button"
        onClick={onFind}
        aria-label={t('palette.open')}
        title={`${t('palette.open')} (${keysText(keysOf('palette'))})`}
        className="fade flex h-6 w-8 shrink-0 items-center justify-center border-l border-hair -outline-offset-2 hover:bg-bg2 hover:text-ink"
      >
        <Search aria-hidden size={14} />
      </button>
      <button
        type="button"
        onClick={onHelp}
        aria-label={t('bar.shortcuts')}
        title={`${t('bar.shortcuts')} (${keysText(keysOf('help'))})`}
        className="fade flex h-6 w-8 shrink-0 items-center justify-center border-l border-hair -outline-offset-2 hover:bg-bg2 hover:text-ink"
      >
        <Keyboard aria-hidden size={14} />
      </button>
    </footer>
  );
});
