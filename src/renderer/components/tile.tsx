import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { environmentTag } from '#shared/format/names.ts';

type Props = {
  readonly label: string;
  readonly env: string;
  readonly note?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
};

/** One figure of money with its name and its basis. */
export function Tile({ label, env, note, className, children }: Props) {
  return (
    <div data-env={environmentTag(env)} className={clsx('flex min-w-0 flex-col gap-0.5 px-3 py-2.5', className)}>
      <div className="text-11 text-muted">{label}</div>
      <div className="figure text-18 font-medium whitespace-nowrap">{children}</div>
      {note !== undefined && <div className="figure text-11 text-faint">{note}</div>}
    </div>
  );
}
