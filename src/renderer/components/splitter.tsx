import { clsx } from 'clsx';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Pixels between two parts, all of which take hold of the bar. */
export const BAR = 12;
const STEP = 16;
const LARGE_STEP = 96;
/** What is pressed in one go is kept as one change. */
const KEEP_AFTER_MS = 500;

type Props = {
  readonly label: string;
  readonly axis: 'x' | 'y';
  /** Of the part after the bar, as in `Split`. */
  readonly size: number;
  readonly least: number;
  readonly rest: number;
  readonly standard: number;
  readonly onSize: (size: number) => void;
};

type Measured = { readonly now: number; readonly fits: number };

/**
 * The bar between two parts of a screen: dragged, moved with arrow keys, Home and End for as small and as large as it goes, two presses of the pointer
 * for the size of the beginning. While it moves, only the style sheet's variable of its container changes: what is beside it is laid out anew and
 * not drawn anew by React; the choice is told once, at the end.
 */
export function Splitter({ label, axis, size, least, rest, standard, onSize }: Props) {
  const { t } = useTranslation();
  const bar = useRef<HTMLDivElement>(null);
  const grip = useRef<(Measured & { readonly from: number }) | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Moved to and not told yet. */
  const untold = useRef<number | null>(null);
  /** The largest size that fits now; nothing is measured until somebody is here. */
  const [most, setMost] = useState<number | null>(null);
  const [moving, setMoving] = useState<number | null>(null);

  const tell = (): void => {
    clearTimeout(timer.current);
    const to = untold.current;
    untold.current = null;
    if (to === null) return;
    onSize(to);
    setMoving(null);
  };

  const measure = (): Measured => {
    const [part, whole] = [bar.current?.nextElementSibling, bar.current?.parentElement];
    if (part == null || whole == null) return { now: size, fits: size };
    const [now, all] = axis === 'x' ? [part.clientWidth, whole.clientWidth] : [part.clientHeight, whole.clientHeight];
    return { now, fits: Math.max(least, all - rest - BAR) };
  };
  const moveTo = (wanted: number, fits: number): void => {
    const to = Math.round(Math.min(fits, Math.max(least, wanted)));
    bar.current?.parentElement?.style.setProperty('--size', `${to}px`);
    untold.current = to;
    setMost(fits);
    setMoving(to);
  };
  const place = (event: PointerEvent): number => (axis === 'x' ? event.clientX : event.clientY);
  const press = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    // No text is selected on the way; the focus that this also keeps away is given by hand.
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { ...measure(), from: place(event) };
  };
  const drag = (event: PointerEvent): void => {
    if (grip.current === null) return;
    const { now, from, fits } = grip.current;
    if (place(event) !== from || untold.current !== null) moveTo(now + from - place(event), fits);
  };
  const release = (): void => {
    grip.current = null;
    tell();
  };
  const restore = (): void => {
    moveTo(standard, measure().fits);
    tell();
  };
  const leave = (): void => {
    tell();
    setMost(null);
  };

  const key = (event: KeyboardEvent): void => {
    const { now: from, fits } = measure();
    const step = event.shiftKey ? LARGE_STEP : STEP;
    // The part after the bar grows as the bar goes left or up.
    const wanted: Readonly<Record<string, number>> = {
      [axis === 'x' ? 'ArrowLeft' : 'ArrowUp']: from + step,
      [axis === 'x' ? 'ArrowRight' : 'ArrowDown']: from - step,
      Home: least,
      End: fits,
    };
    const to = wanted[event.key];
    if (to === undefined) return;
    event.preventDefault();
    moveTo(to, fits);
    clearTimeout(timer.current);
    timer.current = setTimeout(tell, KEEP_AFTER_MS);
  };

  const largest = most ?? Math.max(size, least);
  // As the style sheet has it.
  const now = moving ?? Math.max(least, Math.min(size, largest));
  return (
    // A separator that takes the focus is a control by its specification.
    <div
      ref={bar}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={now}
      aria-valuemin={least}
      aria-valuemax={largest}
      aria-valuetext={t('figures.pixels', { count: now })}
      onFocus={() => setMost(measure().fits)}
      onBlur={leave}
      onKeyDown={key}
      onPointerDown={press}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={restore}
      className={clsx(
        'group flex touch-none items-center justify-center rounded-control -outline-offset-2 max-lg:hidden',
        axis === 'x' ? 'cursor-col-resize' : 'cursor-row-resize',
      )}
    >
      <span
        aria-hidden
        className={clsx(
          'fade border-line group-hover:border-accent group-focus-visible:border-accent',
          axis === 'x' ? 'h-8 border-l-2' : 'w-8 border-t-2',
        )}
      />
    </div>
  );
}
