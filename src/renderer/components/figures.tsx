import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import {
  DIRECTION_GLYPH,
  DIRECTION_WORD,
  type Direction,
  decimalText,
  directionOf,
  moneyText,
  rText,
} from '#shared/format/figures.ts';

const TONES: Readonly<Record<Direction, string>> = { up: 'text-up', down: 'text-down', flat: 'text-muted' };

type SignedProps = {
  readonly direction: Direction;
  readonly children: ReactNode;
  readonly className?: string | undefined;
};

/** A signed figure: shape, sign and colour together, so that no one of them has to be seen. */
export function Signed({ direction, children, className }: SignedProps) {
  return (
    <span
      data-num=""
      className={clsx('figure inline-flex items-baseline gap-1 whitespace-nowrap', TONES[direction], className)}
    >
      <span aria-hidden className="inline-block w-[0.75em] text-center text-[0.75em]">
        {DIRECTION_GLYPH[direction]}
      </span>
      <span className="sr-only">{DIRECTION_WORD[direction]}</span>
      <span>{children}</span>
    </span>
  );
}

type AmountProps = { readonly text: string; readonly asset: string; readonly className?: string | undefined };

/** An unsigned amount of money. */
export function Money({ text, asset, className }: AmountProps) {
  return (
    <span data-num="" className={clsx('figure whitespace-nowrap', className)}>
      {moneyText(text, asset)}
    </span>
  );
}

type SignedAmountProps = { readonly text: string; readonly asset?: string; readonly className?: string };

/** A gain or a loss; the asset may be named elsewhere. Both directions get the same weight. */
export const SignedMoney = ({ text, asset, className }: SignedAmountProps) => (
  <Signed direction={directionOf(text)} className={className}>
    {asset === undefined ? decimalText(text, 2, { sign: 'always' }) : moneyText(text, asset, { sign: 'always' })}
  </Signed>
);

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
