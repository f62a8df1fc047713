import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

export type Tab = { readonly value: string; readonly label: string; readonly body: ReactNode };

type Props = {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly value: string;
  readonly onChange: (value: string) => void;
};

/** Sides of one thing, one at a time. Arrow keys go along the names; only the side that is shown is drawn. */
export function Tabs({ label, tabs, value, onChange }: Props) {
  return (
    <Base.Root value={value} onValueChange={(next) => onChange(String(next))} className="flex min-w-0 flex-col gap-3">
      <Base.List aria-label={label} className="flex flex-wrap gap-x-1 border-b border-hair">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="fade -mb-px h-8 border-b-2 border-transparent px-3 text-12 whitespace-nowrap text-muted select-none hover:text-ink data-active:border-accent data-active:font-bold data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="flex min-w-0 flex-col gap-3">
          {tab.value === value && tab.body}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
