import { useTranslation } from 'react-i18next';
import type { PeriodResultView } from '#shared/contract/performance.ts';
import { directionOf, signedText } from '#shared/format/figures.ts';
import { dateText } from '#shared/format/time.ts';
import { EmptyState } from '../../components/states.tsx';

const DAY_MS = 86_400_000;
/** 1 January 1970 was a Thursday, three days after a Monday. */
const weekday = (start: number): number => (Math.floor(start / DAY_MS) + 3) % 7;
const weekOf = (start: number): number => Math.floor((Math.floor(start / DAY_MS) + 3) / 7);
const MOST_WEEKS = 26;
const CELL = 14;
const GAP = 3;
/** Four strengths; finer ones nobody tells apart. */
const STRENGTHS = [0.3, 0.5, 0.75, 1];

type Props = { readonly days: readonly PeriodResultView[]; readonly asset: string };

/** A square for each day, a column for each week. Gains are filled and losses outlined; the table beside it has the numbers. */
export function DayMap({ days, asset }: Props) {
  const { t } = useTranslation();
  const last = days.at(-1);
  if (last === undefined) return <EmptyState>{t('performance.noDays')}</EmptyState>;
  const firstWeek = weekOf(last.start) - MOST_WEEKS + 1;
  const shown = days.filter(({ start }) => weekOf(start) >= firstWeek);
  const largest = Math.max(...shown.map(({ result }) => Math.abs(Number(result))));
  const from = Math.max(firstWeek, weekOf(shown[0]?.start ?? last.start));
  const columns = weekOf(last.start) - from + 1;
  const step = CELL + GAP;
  const of = (direction: string): number => shown.filter(({ result }) => directionOf(result) === direction).length;
  const summary = t('performance.daysSummary', { up: of('up'), down: of('down'), count: shown.length });
  return (
    <div className="flex flex-col gap-2">
      <div className="overflow-x-auto" role="region" aria-label={t('performance.days')} tabIndex={0}>
        <svg role="img" aria-label={summary} width={columns * step} height={7 * step} className="block">
          {shown.map(({ start, result }) => {
            const direction = directionOf(result);
            const share = largest === 0 ? 0 : Math.abs(Number(result)) / largest;
            const opacity = STRENGTHS[Math.min(3, Math.floor(share * 4))] ?? 1;
            return (
              <rect
                key={start}
                x={(weekOf(start) - from) * step + 1}
                y={weekday(start) * step + 1}
                width={CELL - 2}
                height={CELL - 2}
                rx={2}
                className={
                  direction === 'up'
                    ? 'fill-up stroke-up'
                    : direction === 'down'
                      ? 'fill-transparent stroke-down'
                      : 'fill-bg3 stroke-hair'
                }
                strokeWidth={direction === 'down' ? 1 + 2 * opacity : 1}
                fillOpacity={direction === 'up' ? opacity : 1}
              >
                <title>
                  {t('performance.dayCell', {
                    date: dateText(start, 'UTC'),
                    result: `${signedText(result)} ${asset}`,
                  })}
                </title>
              </rect>
            );
          })}
        </svg>
      </div>
      <p className="text-12 text-muted">{summary}</p>
    </div>
  );
}
