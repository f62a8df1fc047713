import { clsx } from 'clsx';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = {
  readonly tone: 'danger' | 'warn';
  readonly icon: LucideIcon;
  /** The condition in a word or two; what it means follows. */
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
};

/** A condition that changes what figures mean: it stays as long as it lasts, and is never a dialog. */
export function Notice({ tone, icon: Icon, title, children, action }: Props) {
  return (
    <div
      role="status"
      className={clsx(
        'flex min-h-8 items-center gap-2 border-b px-3 py-1 text-12',
        tone === 'danger' ? 'border-danger/60 bg-danger/10' : 'border-warn/60 bg-warn/10',
      )}
    >
      <Icon aria-hidden size={14} className={clsx('shrink-0', tone === 'danger' ? 'text-danger' : 'text-warn')} />
      <span className="min-w-0 flex-1">
        <b className="font-bold">{title}</b> {children}
      </span>
      {action}
    </div>
  );
}
