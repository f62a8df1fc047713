import { useTranslation } from 'react-i18next';
import type { BinView } from '#shared/contract/performance.ts';
import { floatText } from '#shared/format/figures.ts';
import { EmptyState } from '../../components/states.tsx';

const HEIGHT = 132;
const BAR = 34;
const GAP = 6;
const FOOT = 18;
const HEAD = 16;

/** How many trades ended where. Bars above zero are filled, below it outlined; counts stand on them, edges below them. */
export function Histogram({ bins }: { readonly bins: readonly BinView[] }) {
  const { t } = useTranslation();
  const count = bins.reduce((all, bin) => all + bin.count, 0);
  const first = bins[0];
  const last = bins.at(-1);
  if (first === undefined || last === undefined) return <EmptyState>{t('performance.noTrades')}</EmptyState>;
  const most = Math.max(...bins.map((bin) => bin.count));
  const edge = (value: number): string => floatText(value, Number.isInteger(value) ? 0 : 2);
  const summary = t('performance.histogramSummary', {
    count,
    low: edge(first.from),
    high: edge(last.to),
    won: bins.filter(({ from }) => from >= 0).reduce((all, bin) => all + bin.count, 0),
  });
  const room = HEIGHT - FOOT - HEAD;
  return (
    <div className="flex flex-col gap-2">
      <div className="overflow-x-auto" role="region" aria-label={t('performance.distribution')} tabIndex={0}>
        <svg role="img" aria-label={summary} width={bins.length * (BAR + GAP) + BAR} height={HEIGHT} className="block">
          {bins.map((bin, i) => {
            const height = most === 0 ? 0 : (bin.count / most) * room;
            const x = i * (BAR + GAP) + BAR / 2;
            return (
              <g key={bin.from}>
                <title>{t('performance.histogramBin', { from: edge(bin.from), to: edge(bin.to) })}</title>
                {bin.count > 0 && (
                  <rect
                    x={x}
                    y={HEAD + room - height}
                    width={BAR}
                    height={Math.max(1, height)}
                    className={bin.from >= 0 ? 'fill-up stroke-up' : 'fill-transparent stroke-down'}
                    strokeWidth={2}
                  />
                )}
                <text
                  x={x + BAR / 2}
                  y={HEAD + room - height - 5}
                  textAnchor="middle"
                  className="figure fill-ink text-11"
                >
                  {bin.count}
                </text>
                <text x={x - GAP / 2} y={HEIGHT - 4} textAnchor="middle" className="figure fill-faint text-11">
                  {edge(bin.from)}
                </text>
                {i === bins.length - 1 && (
                  <text x={x + BAR + GAP / 2} y={HEIGHT - 4} textAnchor="middle" className="figure fill-faint text-11">
                    {edge(bin.to)}
                  </text>
                )}
              </g>
            );
          })}
        </svg>
      </div>
      <p className="text-12 text-muted">{summary}</p>
    </div>
  );
}
