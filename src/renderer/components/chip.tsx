import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'accent' | 'up' | 'down';

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: 'text-muted',
  good: 'text-ok',
  warn: 'text-warn',
  bad: 'text-danger',
  accent: 'text-accent',
  up: 'text-up',
  down: 'text-down',
};

type Props = { readonly tone?: Tone; readonly icon?: ReactNode; readonly title?: string; readonly children: ReactNode };

/** A small fact in a box: word first, colour second. */
export function Chip({ tone = 'neutral', icon, title, children }: Props) {
  return (
    <span
      title={title}
      className={clsx(
        'inline-flex h-5 max-w-full items-center gap-1 rounded-control border border-hair bg-bg2 px-1.5 text-11 whitespace-nowrap',
        TONE_TEXT[tone],
      )}
    >
      {icon}
      <span className="truncate">{children}</span>
    </span>
  );
}
