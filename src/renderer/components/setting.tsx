import type { ReactNode } from 'react';

type Props = {
  /** Unique on the screen; the search of the settings goes to it. */
  readonly id: string;
  readonly label: string;
  readonly note?: ReactNode;
  /** The control; it is given the id of the label that names it. */
  readonly children: (labelledBy: string) => ReactNode;
};

/** One setting: its name and what it means at the left, the control at the right, or below on a narrow window. */
export function Setting({ id, label, note, children }: Props) {
  return (
    <div
      id={`setting-${id}`}
      tabIndex={-1}
      className="flex flex-wrap items-start gap-x-8 gap-y-2 border-t border-hair px-3 py-3 -outline-offset-2 first:border-t-0"
    >
      <div className="min-w-56 flex-1">
        <div id={`${id}-label`} className="text-13 font-medium">
          {label}
        </div>
        {note !== undefined && <div className="mt-0.5 max-w-prose text-12 text-muted">{note}</div>}
      </div>
      <div className="min-w-0 max-w-full">{children(`${id}-label`)}</div>
    </div>
  );
}
