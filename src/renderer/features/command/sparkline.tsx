import { useMemo } from 'react';

const [WIDE, HIGH] = [240, 36] as const;
/** More points than pixels say nothing more. */
const MOST = WIDE;

/** Every n-th value and always the last one. */
const thinned = (values: readonly number[]): readonly number[] => {
  const step = Math.ceil(values.length / MOST);
  return step <= 1 ? values : values.filter((_, index) => index % step === 0 || index === values.length - 1);
};

/** The shape of a few numbers, oldest left; what they come to stands beside it in words, so it is hidden from a screen reader. */
export function Sparkline({ values }: { readonly values: readonly number[] }) {
  const points = useMemo(() => {
    const shown = thinned(values);
    const least = shown.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
    const most = shown.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
    const span = most - least || 1;
    return shown
      .map((value, index) => {
        const x = (index / Math.max(1, shown.length - 1)) * WIDE;
        const y = HIGH - 2 - ((value - least) / span) * (HIGH - 4);
        return `${x.toFixed(1)},${y.toFixed(1)}`;
      })
      .join(' ');
  }, [values]);
  return (
    <svg aria-hidden viewBox={`0 0 ${WIDE} ${HIGH}`} preserveAspectRatio="none" className="my-1 h-9 w-full">
      <polyline
        points={points}
        fill="none"
        className="stroke-accent"
        strokeWidth={1.5}
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
