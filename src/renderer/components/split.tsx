import { clsx } from 'clsx';
import type { CSSProperties, ReactNode } from 'react';
import { BAR, Splitter } from './splitter.tsx';

type Props = {
  /** What the bar between the two changes, such as "Width of the list". */
  readonly label: string;
  /** `x`: side by side; `y`: one above the other. */
  readonly axis: 'x' | 'y';
  /** Pixels of the second part, the fewest that it and the first one need, and those it has until somebody chooses. */
  readonly size: number;
  readonly least: number;
  readonly rest: number;
  readonly standard: number;
  readonly locked: boolean;
  readonly onSize: (size: number) => void;
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** Both parts one below the other in one column that scrolls, without a bar. */
  readonly joined?: boolean;
  readonly className?: string;
};

/**
 * Two parts of a screen with a bar between them that moves. The style sheet holds the size within what fits, so that a size chosen in a larger
 * window cuts nothing in a small one, and nothing is measured to draw it. A narrow window has all parts one below the other, and no bars.
 */
export function Split({ axis, size, least, rest, first, second, joined = false, locked, className, ...bar }: Props) {
  const wide = axis === 'x';
  const tracks = `minmax(0,1fr) ${BAR}px clamp(${least}px,var(--size),calc(100% - ${rest + BAR}px))`;
  const cell = clsx('grid min-w-0 grid-cols-[minmax(0,1fr)]', !joined && 'lg:min-h-0 lg:grid-rows-[minmax(0,1fr)]');
  return (
    <div
      className={clsx(
        'flex min-w-0 flex-col gap-3',
        joined
          ? 'lg:min-h-0 lg:overflow-y-auto'
          : wide
            ? 'lg:grid lg:grid-cols-(--tracks) lg:grid-rows-[minmax(0,1fr)] lg:gap-0'
            : 'lg:grid lg:grid-cols-[minmax(0,1fr)] lg:grid-rows-(--tracks) lg:gap-0',
        className,
      )}
      style={{ '--size': `${size}px`, '--tracks': tracks } as CSSProperties}
    >
      <div className={cell}>{first}</div>
      {!joined &&
        (locked ? (
          <div aria-hidden className="max-lg:hidden" />
        ) : (
          <Splitter axis={axis} size={size} least={least} rest={rest} {...bar} />
        ))}
      <div className={cell}>{second}</div>
    </div>
  );
}
