import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CycleView } from '#shared/contract/cycle.ts';
import { agentProgress } from '#shared/format/agent-progress.ts';
import { priceText, quantityText } from '#shared/format/figures.ts';
import { durationText } from '#shared/format/time.ts';
import { useEngine } from '../../stores/stores-context.tsx';

const TICK_MS = 1_000;

/** Where the agent stands, what it holds, and how long it can take: nobody waits without knowing for what. */
export function AgentNow({ cycle }: { readonly cycle: CycleView }) {
  const { t } = useTranslation();
  const status = useEngine((state) => state.status);
  const receivedAt = useEngine((state) => state.receivedAt);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const speed = status?.feed.speed ?? 0;
  const marketTime = (status?.marketTime ?? 0) + Math.max(0, now - receivedAt) * speed;
  const progress = agentProgress(cycle, status === null ? null : { marketTime, speed });
  if (progress === null) return null;

  const { candle, most, leftMs, held, entering } = progress;
  const price = (text: string): string => priceText(text, cycle.priceDecimals);
  const base = cycle.instrument.split('/')[0] ?? cycle.instrument;
  const parts = [
    t('firstTrade.candle', { candle, most }),
    ...(leftMs === null ? [] : [t('firstTrade.within', { left: durationText(leftMs) })]),
  ];
  const holding =
    held === null
      ? [entering ? t('firstTrade.entering') : t('firstTrade.empty')]
      : [
          t('firstTrade.holds', { quantity: quantityText(held.quantity), base, price: price(held.entry) }),
          ...(held.stop === null ? [] : [t('firstTrade.stop', { price: price(held.stop) })]),
          ...(held.target === null ? [] : [t('firstTrade.target', { price: price(held.target) })]),
        ];
  return (
    <div data-testid="agent-now" className="flex flex-col gap-1 border-b border-hair px-3 py-2 text-12">
      <p className="figure font-medium">{holding.join(' · ')}</p>
      <p className="figure flex flex-wrap justify-between gap-x-3 text-muted">
        <span>{parts.join(' · ')}</span>
        <Link href="/market" className="text-accent underline-offset-2 hover:underline">
          {t('firstTrade.watch')}
        </Link>
      </p>
    </div>
  );
}
