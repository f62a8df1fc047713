import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Moment } from '../../components/moment.tsx';
import { LoadedView } from '../../components/states.tsx';
import { useStores } from '../../stores/stores-context.tsx';
import { MarketPanel } from '../shell/market-panel.tsx';

const MARK = { bullish: '▲', bearish: '▼', neutral: '•' } as const;
const TONE = { bullish: 'text-up', bearish: 'text-down', neutral: 'text-muted' } as const;

/** Patterns that the analyst found, with the candle whose close completed each. */
export function PatternsPanel({ env }: { readonly env: string | null }) {
  const { t } = useTranslation();
  const { extras } = useStores();
  const loaded = useStore(extras.reading);
  return (
    <MarketPanel title={t('market.patterns.title')} note={t('market.patterns.note')} env={env} flush scroll>
      <LoadedView
        loaded={loaded}
        what={t('market.patterns.what')}
        retry={() => void extras.reading.refresh()}
        cancel={extras.reading.giveUp}
      >
        {({ patterns, judgedEvery }) => (
          <>
            {patterns.length === 0 ? (
              <p className="p-3 text-12 text-muted">{t('market.patterns.none')}</p>
            ) : (
              <ul
                className="max-h-64 overflow-y-auto lg:max-h-none lg:overflow-visible"
                tabIndex={0}
                aria-label={t('market.patterns.listed')}
              >
                {patterns.map(({ name, label, direction, openTime }) => (
                  <li
                    key={`${name} ${openTime}`}
                    data-pattern={name}
                    className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-baseline gap-x-2 border-t border-hair px-3 py-1.5 text-12 first:border-t-0"
                  >
                    <span aria-hidden className={TONE[direction]}>
                      {MARK[direction]}
                    </span>
                    <span className="first-letter:uppercase">
                      {label}
                      <span className="sr-only"> {t(`market.patterns.${direction}`)}</span>
                    </span>
                    <span className="text-11 text-faint">
                      <Moment ms={openTime} form="short" />
                    </span>
                  </li>
                ))}
              </ul>
            )}
            <p className="border-t border-hair px-3 py-2 text-11 text-faint">
              {t('market.patterns.regimes', { count: judgedEvery })}
            </p>
          </>
        )}
      </LoadedView>
    </MarketPanel>
  );
}
