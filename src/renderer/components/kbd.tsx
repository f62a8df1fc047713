import type { ReactNode } from 'react';

/** A key beside the words it stands for; the words alone are read out. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="rounded-control border border-current px-1 text-11 font-medium" aria-hidden>
      {children}
    </kbd>
  );
}
