import { clsx } from 'clsx';
import type { ReactNode } from 'react';

export type Pair = { readonly label: ReactNode; readonly value: ReactNode; readonly strong?: boolean };

/** Name and value, line by line. */
export function Pairs({ pairs, className }: { readonly pairs: readonly Pair[]; readonly className?: string }) {
  return (
    <dl className={clsx('grid grid-cols-[auto_minmax(0,1fr)] text-12', className)}>
      {pairs.map((pair, index) => (
        <div key={index} className="col-span-2 grid min-h-6 grid-cols-subgrid items-center gap-x-4">
          <dt className={pair.strong ? 'text-ink' : 'text-muted'}>{pair.label}</dt>
          <dd className={clsx('figure min-w-0 text-right', pair.strong && 'font-bold')}>{pair.value}</dd>
        </div>
      ))}
    </dl>
  );
}
