import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DIRECTION_GLYPH,
  type Direction,
  decimalText,
  directionOf,
  floatPriceText,
  priceText,
  rText,
} from '#shared/format/figures.ts';
import { useMoneyText } from '../app/money-display.ts';

const TONES: Readonly<Record<Direction, string>> = { up: 'text-up', down: 'text-down', flat: 'text-muted' };

type SignedProps = {
  readonly direction: Direction;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly title?: string | undefined;
};

/** A signed figure: shape, sign and colour together, so that no one of them has to be seen. */
export function Signed({ direction, children, className, title }: SignedProps) {
  const { t } = useTranslation();
  return (
    <span
      data-num=""
      data-direction={direction}
      title={title}
      className={clsx('figure inline-flex items-baseline gap-1 whitespace-nowrap', TONES[direction], className)}
    >
      <span aria-hidden className="inline-block w-[0.75em] text-center text-[0.75em]">
        {DIRECTION_GLYPH[direction]}
      </span>
      <span className="sr-only">{t(`figures.directions.${direction}`)}</span>
      <span>{children}</span>
    </span>
  );
}

type AmountProps = { readonly text: string; readonly asset: string; readonly className?: string | undefined };

/** An unsigned amount of money. */
export function Money({ text, asset, className }: AmountProps) {
  const { shown, title } = useMoneyText(text, asset);
  return (
    <span data-num="" title={title} className={clsx('figure whitespace-nowrap', className)}>
      {shown}
    </span>
  );
}

type PriceProps = {
  /** Exact text; a number is a float made for drawing, such as a candle's. */
  readonly value: string | number;
  /** Of the instrument's tick; null where nobody knows it, and then every given digit is shown. */
  readonly decimals: number | null;
  readonly className?: string;
};

/** A price with as many decimals as its instrument's tick has, never by the size of the number. */
export function Price({ value, decimals, className }: PriceProps) {
  return (
    <span data-num="" data-price={decimals ?? 'unknown'} className={clsx('figure-mono whitespace-nowrap', className)}>
      {typeof value === 'string' ? priceText(value, decimals) : floatPriceText(value, decimals)}
    </span>
  );
}

type SignedAmountProps = { readonly text: string; readonly asset?: string; readonly className?: string };

/** A gain or a loss; the asset may be named elsewhere. Both directions get the same weight. */
export function SignedMoney({ text, asset, className }: SignedAmountProps) {
  const { shown, title } = useMoneyText(text, asset ?? '', { sign: 'always' });
  return (
    <Signed direction={directionOf(text)} className={className} title={title}>
      {asset === undefined ? decimalText(text, 2, { sign: 'always' }) : shown}
    </Signed>
  );
}

export const SignedR = ({ r, className }: { readonly r: string; readonly className?: string }) => (
  <Signed direction={directionOf(r)} className={className}>
    {rText(r)}
  </Signed>
);

/** A number in a table cell, in the mono face so that columns line up. */
export function Num({ text, decimals }: { readonly text: string; readonly decimals?: number | undefined }) {
  return (
    <span data-num="" className="figure-mono whitespace-nowrap">
      {decimalText(text, decimals)}
    </span>
  );
}
