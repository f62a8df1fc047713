import type { ReactNode } from 'react';

type Props = { readonly title: string; readonly children: ReactNode };

/** A part of a panel, under its own small heading. */
export function Section({ title, children }: Props) {
  return (
    <section className="border-t border-hair px-4 py-3">
      <h3 className="mb-1.5 text-11 font-bold text-muted">{title}</h3>
      {children}
    </section>
  );
}
