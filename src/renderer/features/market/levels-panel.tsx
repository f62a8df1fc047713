import { type KeyboardEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ChartView, PriceLineView } from '#shared/contract/market.ts';
import { floatText, priceText } from '#shared/format/figures.ts';
import { Button } from '../../components/button.tsx';
import { Price } from '../../components/figures.tsx';
import { ErrorState } from '../../components/states.tsx';
import { TextField } from '../../components/text-field.tsx';
import { BY_HAND } from '../../stores/stop-store.ts';
import { useStores } from '../../stores/stores-context.tsx';
import { MarketPanel } from '../shell/market-panel.tsx';
import { stopBounds } from './stop-bounds.ts';

const TONE = { entry: 'text-accent', stop: 'text-down', target: 'text-up' } as const;
/** What the contract takes for a price. */
const PRICE = /^\d{1,15}(\.\d{1,18})?$/;

type MoveProps = {
  readonly line: PriceLineView;
  readonly chart: ChartView;
  readonly newest: number;
};

/** The question before a stop is moved: where to, and that it cannot be taken back. Arrow keys step by the tick. */
function MoveStop({ line, chart, newest }: MoveProps) {
  const { t } = useTranslation();
  const { stop } = useStores();
  const { draft, busy, error } = useStore(stop);
  const bounds = stopBounds(line, newest, chart.priceDecimals);
  if (draft === null || bounds === undefined) return null;
  const price = (value: number): string => floatText(value, chart.priceDecimals);
  const wanted = Number(draft.to);
  const usable = PRICE.test(draft.to) && wanted >= bounds.lowest - 1e-9 && wanted <= bounds.highest + 1e-9;
  const set = (to: string): void => stop.draft({ ...draft, to });
  const step = (event: KeyboardEvent): void => {
    const ticks = { ArrowUp: 1, ArrowDown: -1, PageUp: 100, PageDown: -100 }[event.key];
    if (ticks === undefined || !Number.isFinite(wanted)) return;
    event.preventDefault();
    const next = wanted + ticks * 10 ** -chart.priceDecimals;
    set(Math.min(bounds.highest, Math.max(bounds.lowest, next)).toFixed(chart.priceDecimals));
  };
  return (
    <form
      noValidate
      aria-label={t('market.levels.moveForm')}
      data-testid="move-stop"
      className="flex flex-col gap-2 border-t border-hair p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (usable) void stop.send();
      }}
    >
      <TextField
        label={t('market.levels.newStop')}
        inputMode="decimal"
        autoFocus
        value={draft.to}
        onChange={(event) => set(event.target.value.trim())}
        onKeyDown={step}
        note={t('market.levels.between', { from: price(bounds.lowest), to: price(bounds.highest) })}
        wrong={
          usable ? undefined : t('market.levels.outside', { from: price(bounds.lowest), to: price(bounds.highest) })
        }
      />
      <p className="text-11 text-muted">{t('market.levels.forGood')}</p>
      {error !== null && <ErrorState error={error} />}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => stop.draft(null)}>{t('market.levels.keep')}</Button>
        <Button type="submit" kind="primary" aria-disabled={!usable || busy}>
          {busy ? t('market.levels.moving') : t('market.levels.move', { price: usable ? price(wanted) : draft.to })}
        </Button>
      </div>
    </form>
  );
}

type RowProps = { readonly line: PriceLineView; readonly chart: ChartView; readonly newest: number };

function Level({ line, chart, newest }: RowProps) {
  const { t } = useTranslation();
  const { stop } = useStores();
  const drafted = useStore(stop, (state) => state.draft?.agentId === line.agentId);
  const bounds = stopBounds(line, newest, chart.priceDecimals);
  const name = t(`market.levels.${line.kind}`);
  const price = priceText(line.price, chart.priceDecimals);
  return (
    <li className="border-t border-hair first:border-t-0">
      <div className="flex min-h-9 items-center gap-2 px-3 text-12">
        <span className={TONE[line.kind]}>{name}</span>
        <span className="truncate text-11 text-faint">
          {line.agentId === BY_HAND ? t('market.levels.byHand') : line.agentId}
        </span>
        <Price value={line.price} decimals={chart.priceDecimals} className="ml-auto" />
        {bounds !== undefined && !drafted && (
          <Button
            kind="quiet"
            aria-label={t('market.levels.moveNamed', { price })}
            onClick={() =>
              stop.draft({
                agentId: line.agentId,
                instrument: chart.instrument,
                to: bounds.lowest <= bounds.price ? line.price : bounds.lowest.toFixed(chart.priceDecimals),
              })
            }
          >
            {t('market.levels.moveShort')}
          </Button>
        )}
      </div>
      {line.kind === 'stop' && drafted && <MoveStop line={line} chart={chart} newest={newest} />}
    </li>
  );
}

type Props = { readonly chart: ChartView; readonly newest: number; readonly env: string | null };

/** Entry, stop and target of every open position here. A stop is moved by its line on the chart or here, toward less risk alone. */
export function LevelsPanel({ chart, newest, env }: Props) {
  const { t } = useTranslation();
  const { stop } = useStores();
  const moved = useStore(stop, (state) => state.moved);
  const label = useId();
  const price = (text: string): string => priceText(text, chart.priceDecimals);
  return (
    <MarketPanel title={t('market.levels.title')} env={env} flush>
      <span id={label} className="sr-only">
        {t('market.levels.listed')}
      </span>
      {chart.lines.length === 0 ? (
        <p className="p-3 text-12 text-muted">{t('market.levels.none')}</p>
      ) : (
        <ul aria-labelledby={label}>
          {chart.lines.map((line) => (
            <Level key={`${line.agentId} ${line.kind}`} line={line} chart={chart} newest={newest} />
          ))}
        </ul>
      )}
      <p role="status" className={moved === null ? 'sr-only' : 'border-t border-hair px-3 py-2 text-12'}>
        {moved === null ? '' : t('market.levels.moved', { from: price(moved.from), to: price(moved.to) })}
      </p>
    </MarketPanel>
  );
}
