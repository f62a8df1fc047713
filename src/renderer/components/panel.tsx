import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';
import { EnvTag } from './env.tsx';
import { PanelBoundary } from './panel-boundary.tsx';

export type PanelProps = {
  readonly title: string;
  /** Quiet words beside the title, such as a count or a basis. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  /** Set on panels that carry money, so that simulated figures are never unlabelled. */
  readonly env?: string | null;
  readonly className?: string | undefined;
  /** Leaves the body without padding, for tables and charts. */
  readonly flush?: boolean;
  /** The body passes its height on, for a chart that fills what is left. */
  readonly fill?: boolean;
  /** The body scrolls inside the panel instead of growing it. */
  readonly scroll?: boolean;
  readonly children: ReactNode;
};

/** A titled region. A defect inside one panel leaves the others standing. */
export function Panel({ title, note, actions, env, className, flush, fill, scroll, children }: PanelProps) {
  const heading = useId();
  return (
    <section
      aria-labelledby={heading}
      data-panel=""
      className={clsx('flex min-w-0 flex-col rounded-panel border border-hair bg-bg1', scroll && 'min-h-0', className)}
    >
      <header className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-hair py-1 pr-1.5 pl-3">
        <h2 id={heading} className="text-12 font-bold">
          {title}
        </h2>
        {note !== undefined && <div className="figure min-w-0 text-11 text-faint">{note}</div>}
        <div className="ml-auto flex items-center gap-1.5">
          {actions}
          {env != null && <EnvTag environment={env} />}
        </div>
      </header>
      <div
        className={clsx(
          'min-w-0 flex-1',
          scroll && 'min-h-0 overflow-auto',
          fill && 'flex min-h-0 flex-col',
          !flush && 'p-3',
        )}
      >
        <PanelBoundary title={title}>{children}</PanelBoundary>
      </div>
    </section>
  );
}
