import { BellPlus, X } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { priceText } from '#shared/format/figures.ts';
import { said } from '../../app/said.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { Price } from '../../components/figures.tsx';
import { EmptyState, LoadedView } from '../../components/states.tsx';
import { Switch } from '../../components/switch.tsx';
import { viewError } from '../../stores/loaded.ts';
import { useStores } from '../../stores/stores-context.tsx';

const SIDES = ['above', 'below'] as const;
/** What the contract takes for a price. */
const PRICE = /^\d{1,15}(\.\d{1,18})?$/;

/** The price alerts of one instrument on the simulated market: those that are set, and a form for another. */
export function PriceAlerts({ symbol }: { readonly symbol: string }) {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const loaded = useStore(alerts.prices);
  useEffect(() => {
    void alerts.prices.refresh();
  }, [alerts]);
  return (
    <>
      <PriceForm symbol={symbol} />
      <LoadedView
        loaded={loaded}
        what={t('alerts.price.title')}
        retry={() => void alerts.prices.refresh()}
        cancel={alerts.prices.giveUp}
      >
        {(all) => {
          const shown = all.filter((one) => one.symbol === symbol);
          if (shown.length === 0) return <EmptyState>{t('alerts.price.none')}</EmptyState>;
          return (
            <ul>
              {shown.map(({ id, side, level, priceDecimals, once, watched, market }) => (
                <li
                  key={id}
                  data-price-alert={id}
                  className="flex min-h-9 items-center gap-2 border-t border-hair px-3 text-12"
                >
                  <span className="figure">
                    {t(`alerts.price.${side}`)} <Price value={level} decimals={priceDecimals} />
                  </span>
                  <span className="text-11 text-muted">
                    {t(once ? 'alerts.price.once' : 'alerts.price.each')} ·{' '}
                    {market === 'simulated' ? t('alerts.price.simulated') : market}
                  </span>
                  {!watched && <span className="text-11 text-warn">{t('alerts.price.notWatched')}</span>}
                  <button
                    type="button"
                    aria-label={t('alerts.price.removeNamed', {
                      side: t(`alerts.price.${side}`),
                      level: priceText(level, priceDecimals),
                    })}
                    onClick={() => void alerts.removePrice(id)}
                    className="fade ml-auto flex size-7 items-center justify-center rounded-control text-muted hover:bg-bg2 hover:text-ink"
                  >
                    <X aria-hidden size={14} />
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </LoadedView>
    </>
  );
}

function PriceForm({ symbol }: { readonly symbol: string }) {
  const { t } = useTranslation();
  const { alerts } = useStores();
  const ids = { side: useId(), level: useId(), repeat: useId(), problem: useId() };
  const [side, setSide] = useState<(typeof SIDES)[number]>('above');
  const [level, setLevel] = useState('');
  const [repeat, setRepeat] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const set = async (): Promise<void> => {
    const text = level.trim().replaceAll(',', '');
    if (!PRICE.test(text)) return setProblem(t('alerts.price.form'));
    try {
      await alerts.setPrice({ symbol, side, level: text, once: !repeat });
      setLevel('');
      setProblem(null);
    } catch (error) {
      setProblem(viewError(error).message);
    }
  };
  return (
    <form
      className="flex flex-wrap items-end gap-x-3 gap-y-2 p-3"
      onSubmit={(event) => {
        event.preventDefault();
        void set();
      }}
    >
      <div>
        <span id={ids.side} className="sr-only">
          {t('alerts.price.side')}
        </span>
        <Choice
          labelledBy={ids.side}
          value={side}
          options={SIDES.map((value) => ({ value, label: t(`alerts.price.${value}`) }))}
          onChange={setSide}
        />
      </div>
      <div className="flex flex-col gap-1">
        <label htmlFor={ids.level} className="text-11 text-muted">
          {t('alerts.price.level')}
        </label>
        <input
          id={ids.level}
          inputMode="decimal"
          autoComplete="off"
          value={level}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : ids.problem}
          onChange={(event) => setLevel(event.target.value)}
          className="figure h-8 w-32 rounded-control border border-line bg-bg2 px-2 text-13 text-ink"
        />
      </div>
      <div className="flex h-8 items-center gap-2">
        <Switch labelledBy={ids.repeat} checked={repeat} onChange={setRepeat} />
        <span id={ids.repeat} className="text-12 text-muted">
          {t('alerts.price.repeat')}
        </span>
      </div>
      <Button type="submit" className="h-8" icon={<BellPlus aria-hidden size={13} />}>
        {t('alerts.price.add')}
      </Button>
      {problem !== null && (
        <p id={ids.problem} role="alert" className="w-full text-12 text-danger">
          {said(problem)}
        </p>
      )}
    </form>
  );
}
