import { clsx } from 'clsx';
import type { ButtonHTMLAttributes, ReactNode } from 'react';

export type ButtonKind = 'plain' | 'quiet' | 'primary' | 'danger';

const KINDS: Readonly<Record<ButtonKind, string>> = {
  plain: 'border-line bg-bg2 text-ink hover:bg-bg3',
  quiet: 'border-transparent bg-transparent text-muted hover:bg-bg2 hover:text-ink',
  primary: 'border-spawn bg-spawn font-bold text-on-spawn hover:brightness-110',
  danger: 'border-kill bg-kill font-bold text-on-kill hover:brightness-110',
};

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { readonly kind?: ButtonKind; readonly icon?: ReactNode };

/** The control class is shared with things that only look like buttons, such as the trigger of a select. */
export const buttonClass = (kind: ButtonKind): string =>
  clsx(
    'fade inline-flex h-control shrink-0 items-center justify-center gap-1.5 rounded-control border px-2.5 text-12 whitespace-nowrap select-none',
    'disabled:cursor-not-allowed disabled:opacity-55 disabled:hover:brightness-100',
    'aria-disabled:cursor-not-allowed aria-disabled:opacity-55 aria-disabled:hover:brightness-100',
    KINDS[kind],
  );

export function Button({ kind = 'plain', icon, children, className, type = 'button', ...rest }: Props) {
  return (
    <button type={type} data-control="" className={clsx(buttonClass(kind), className)} {...rest}>
      {icon}
      {children}
    </button>
  );
}
