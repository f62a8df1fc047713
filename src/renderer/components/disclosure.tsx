import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';

type Props = {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly open?: boolean;
  /** Its content is drawn, and asks the engine, only once it was opened. */
  readonly lazy?: boolean;
};

/** More, when asked for. The browser's own details element: it works without us. */
export function Disclosure({ summary, children, open = false, lazy = false }: Props) {
  const [opened, setOpened] = useState(open);
  return (
    <details
      className="group"
      open={open}
      onToggle={(event) => {
        if (event.currentTarget.open) setOpened(true);
      }}
    >
      <summary className="fade flex min-h-7 list-none items-center gap-1.5 rounded-control py-1 text-12 text-muted select-none hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden size={13} className="shrink-0 group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pt-1 pb-2 pl-5">{(!lazy || opened) && children}</div>
    </details>
  );
}
