import { Plus, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MOST_INDICATORS } from '#shared/contract/preferences.ts';
import { usePreference } from '../../app/preferences.ts';
import { Button } from '../../components/button.tsx';
import { Disclosure } from '../../components/disclosure.tsx';
import { TextField } from '../../components/text-field.tsx';
import { DRAWN_HERE } from '../../stores/chart-extras-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { IndicatorSets } from './indicator-sets.tsx';
import { indicatorName } from './indicator-words.ts';

const OVERLAYS = ['ema:21', 'ema:50', 'ema:200', 'sma:50', 'bollinger:20:2', 'vwap'] as const;
const PANES = ['volume', 'rsi:14', 'macd:12:26:9', 'atr:14', 'adx:14'] as const;
/** Below the candles no more than four can be read. */
const MOST_PANES = 4;
const OWN = /^(sma|ema|bollinger|rsi|macd|atr|adx)(:\d{1,3}){1,3}$/;
const isPane = (id: string): boolean => /^(volume|rsi|macd|atr|adx)/.test(id);

type GroupProps = { readonly title: string; readonly children: ReactNode };

function Group({ title, children }: GroupProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-11 text-muted">{title}</legend>
      <div className="flex flex-wrap gap-x-4">{children}</div>
    </fieldset>
  );
}

type CheckProps = {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled: boolean;
  readonly onChange: (checked: boolean) => void;
};

function Check({ label, checked, disabled, onChange }: CheckProps) {
  return (
    <label className="flex min-h-7 cursor-pointer items-center gap-2 text-12 has-disabled:cursor-not-allowed has-disabled:opacity-55">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-accent"
      />
      {label}
    </label>
  );
}

/** Which indicators are drawn; kept as a preference, with sets under names of the master's own. */
export function IndicatorChooser() {
  const { t } = useTranslation();
  const { preferences } = useStores();
  const chosen = usePreference('chartIndicators');
  const [own, setOwn] = useState('');
  const [wrong, setWrong] = useState(false);

  const choose = (next: readonly string[]): void => void preferences.change({ chartIndicators: [...next] });
  const toggle = (id: string, on: boolean): void => choose(on ? [...chosen, id] : chosen.filter((one) => one !== id));
  const full = chosen.length >= MOST_INDICATORS;
  const panesFull = chosen.filter(isPane).length >= MOST_PANES;
  const blocked = (id: string): boolean => !chosen.includes(id) && (full || (isPane(id) && panesFull));
  const label = (id: string): string =>
    id === 'volume' || id === 'regime' ? t(`market.indicators.${id}`) : indicatorName(id, t);
  const box = (id: string): ReactNode => (
    <Check
      key={id}
      label={label(id)}
      checked={chosen.includes(id)}
      disabled={blocked(id)}
      onChange={(on) => toggle(id, on)}
    />
  );
  const others = chosen.filter((id) => ![...OVERLAYS, ...PANES, ...DRAWN_HERE].includes(id as never));
  const add = (): void => {
    const id = own.trim().toLowerCase();
    const usable = OWN.test(id) && !blocked(id);
    setWrong(!usable);
    if (!usable) return;
    setOwn('');
    if (!chosen.includes(id)) choose([...chosen, id]);
  };
  return (
    <Disclosure summary={t('market.indicators.chosen', { count: chosen.length })}>
      <div
        className="flex flex-col gap-3 rounded-panel border border-hair bg-bg1 p-3"
        data-testid="indicators"
        role="group"
        aria-label={t('market.indicators.title')}
      >
        <div className="grid gap-3 lg:grid-cols-[3fr_3fr_1fr]">
          <Group title={t('market.indicators.over')}>{OVERLAYS.map(box)}</Group>
          <Group title={t('market.indicators.below')}>{PANES.map(box)}</Group>
          <Group title={t('market.indicators.around')}>{box('regime')}</Group>
        </div>
        {(full || panesFull) && (
          <p className="text-11 text-muted">{t(full ? 'market.indicators.most' : 'market.indicators.full')}</p>
        )}
        <div className="grid gap-3 border-t border-hair pt-3 lg:grid-cols-2">
          <form
            noValidate
            className="flex flex-wrap items-start content-start gap-2"
            onSubmit={(event) => {
              event.preventDefault();
              add();
            }}
          >
            <TextField
              className="w-64"
              label={t('market.indicators.own')}
              note={t('market.indicators.ownNote')}
              wrong={wrong ? t('market.indicators.ownWrong') : undefined}
              value={own}
              onChange={(event) => {
                setOwn(event.target.value);
                setWrong(false);
              }}
            />
            <Button type="submit" className="mt-5" icon={<Plus aria-hidden size={13} />}>
              {t('market.indicators.add')}
            </Button>
            {others.map((id) => (
              <Button
                key={id}
                className="mt-5"
                icon={<X aria-hidden size={13} />}
                aria-label={t('market.indicators.dropNamed', { name: label(id) })}
                onClick={() => toggle(id, false)}
              >
                {label(id)}
              </Button>
            ))}
          </form>
          <IndicatorSets />
        </div>
      </div>
    </Disclosure>
  );
}
