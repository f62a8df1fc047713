import { clsx } from 'clsx';
import { Keyboard } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EngineStatus } from '#shared/contract/engine.ts';
import { countText } from '#shared/format/names.ts';
import { ageText, shortDateTimeText, utcText, zoneName } from '#shared/format/time.ts';
import { zone } from '../../app/zone.ts';
import { EnvTag } from '../../components/env.tsx';
import { useEngine } from '../../stores/stores-context.tsx';
import { DownloadChip } from '../models/download-chip.tsx';
import { VaultChip } from '../vault/vault-chip.tsx';
import { useFeedAge } from './use-feed-age.ts';

type ItemProps = { readonly title?: string; readonly className?: string; readonly children: ReactNode };

function Item({ title, className, children }: ItemProps) {
  return (
    <span
      title={title}
      className={clsx(
        'figure flex h-full min-w-0 items-center gap-1.5 border-r border-hair px-2.5 whitespace-nowrap',
        className,
      )}
    >
      {children}
    </span>
  );
}

const STATE = {
  active: { dot: 'bg-ok', word: 'active' },
  reducing: { dot: 'bg-warn', word: 'reducing only' },
  halted: { dot: 'bg-danger', word: 'halted' },
} as const;

/** `60x` of a market that runs faster than the clock; nothing for one that keeps pace. */
export const speedText = (speed: number): string => (speed === 1 || speed === 0 ? '' : `${speed}x`);

/** Says whose clock the age is measured on. */
const feedTitle = ({ seed, speed }: EngineStatus['feed']): string =>
  [
    'Source of the market data and age of its newest candle',
    ...(speedText(speed) === '' ? [] : [`in market time, which runs ${speedText(speed)} as fast as the clock`]),
    ...(seed === null ? [] : [`seed ${seed}`]),
  ].join(', ');

type Props = { readonly online: boolean; readonly onHelp: () => void };

/** The state of everything underneath, in one quiet line. */
export function HealthStrip({ online, onHelp }: Props) {
  const status = useEngine((state) => state.status);
  const age = useFeedAge();
  const offlineReady = status?.environment === 'simulated' || status?.environment === 'backtest';
  const engine = online ? STATE[status?.tradingState ?? 'active'] : { dot: 'bg-warn', word: 'not connected' };
  return (
    <footer
      aria-label="Health"
      className="z-20 flex h-6 min-w-0 items-center overflow-hidden border-t border-hair bg-bg1 text-11 text-muted"
    >
      <Item>
        <span aria-hidden className={clsx('size-2 rounded-full', engine.dot)} />
        Engine {engine.word}
      </Item>
      {status !== null && (
        <>
          <Item title={feedTitle(status.feed)}>
            <span className="truncate">{status.feed.label}</span>
            <span className="text-ink">{age === null ? 'no data' : `${ageText(age)} old`}</span>
            {speedText(status.feed.speed) !== '' && <span className="text-sim">{speedText(status.feed.speed)}</span>}
          </Item>
          {status.livePrices !== null && (
            <Item title={status.livePrices.trouble ?? 'Live prices that the running agent trades; fills are simulated'}>
              <EnvTag environment={status.livePrices.environment} />
              <span className="truncate">{status.livePrices.label}</span>
              {status.livePrices.trouble !== null && <span className="text-warn">not good to trade on</span>}
            </Item>
          )}
          <Item className="max-md:hidden">Analyst: {status.analyst.label}</Item>
          <DownloadChip />
          <VaultChip online={online} />
          {offlineReady && <Item className="max-lg:hidden">Offline-ready</Item>}
          <Item className="max-lg:hidden" title="Entries of the append-only journal">
            {countText(status.journal.records, 'record')}
          </Item>
          <span className="figure ml-auto flex items-center gap-1.5 px-2.5 whitespace-nowrap max-sm:hidden">
            <span className="text-faint">Market time</span>
            <time dateTime={new Date(status.marketTime).toISOString()} title={utcText(status.marketTime)}>
              {shortDateTimeText(status.marketTime, zone)}
            </time>
            {zoneName(status.marketTime, zone)}
          </span>
        </>
      )}
      <button
        type="button"
        onClick={onHelp}
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
        className={clsx(
          'fade flex h-6 w-8 shrink-0 items-center justify-center border-l border-hair -outline-offset-2 hover:bg-bg2 hover:text-ink',
          status === null && 'ml-auto',
        )}
      >
        <Keyboard aria-hidden size={14} />
      </button>
    </footer>
  );
}
