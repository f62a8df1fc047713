import { useTranslation } from 'react-i18next';
import { Signed } from '../../components/figures.tsx';

const CANDLES = [
  { x: 6, from: 30, to: 18, up: true },
  { x: 22, from: 20, to: 9, up: true },
  { x: 38, from: 11, to: 24, up: false },
  { x: 54, from: 22, to: 33, up: false },
  { x: 70, from: 31, to: 14, up: true },
] as const;

/** A gain, a loss and a few candles in the chosen colours. Made up, and said to be an example. */
export function LookExample() {
  const { t } = useTranslation();
  return (
    <figure className="rounded-panel border border-hair bg-bg0 p-3">
      <figcaption className="mb-2 text-11 text-muted">{t('settings.appearance.example')}</figcaption>
      <svg aria-hidden width={88} height={42} viewBox="0 0 88 42" className="mb-2">
        {CANDLES.map(({ x, from, to, up }) => (
          <g key={x} className={up ? 'text-up' : 'text-down'} stroke="currentColor" strokeWidth={1.5}>
            <line x1={x + 4} x2={x + 4} y1={Math.min(from, to) - 5} y2={Math.max(from, to) + 5} />
            <rect
              x={x}
              y={Math.min(from, to)}
              width={8}
              height={Math.abs(to - from)}
              fill={up ? 'var(--mt-bg0)' : 'currentColor'}
            />
          </g>
        ))}
      </svg>
      <div className="flex flex-col gap-1 text-13">
        <Signed direction="up">+1.24%</Signed>
        <Signed direction="down">{'\u2212'}0.80%</Signed>
        <Signed direction="flat">0.00%</Signed>
      </div>
    </figure>
  );
}
