import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

type Props = { readonly summary: ReactNode; readonly children: ReactNode; readonly open?: boolean };

/** More, when asked for. The browser's own details element: it works without us. */
export function Disclosure({ summary, children, open = false }: Props) {
  return (
    <details className="group" open={open}>
      <summary className="fade flex min-h-7 list-none items-center gap-1.5 rounded-control py-1 text-12 text-muted select-none hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden size={13} className="shrink-0 group-open:rotate-90" />
        {summary}
      </summary>
      <div className="pt-1 pb-2 pl-5">{children}</div>
    </details>
  );
}
