import { Select as Base } from '@base-ui/react/select';
import { clsx } from 'clsx';
import { Check, ChevronDown } from 'lucide-react';
import { useId } from 'react';

export type Option = { readonly value: string; readonly label: string; readonly note?: string };

type Name =
  | { readonly label: string; readonly labelledBy?: never }
  /** The element that names it, where its name stands elsewhere. */
  | { readonly labelledBy: string; readonly label?: never };

type Props = Name & {
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
  readonly disabled?: boolean;
  readonly className?: string;
};

/** One choice out of a short list. */
export function Select({ label, labelledBy, value, options, onChange, disabled = false, className }: Props) {
  const id = useId();
  return (
    <div className={clsx('flex min-w-0 items-center gap-2', className)}>
      {label !== undefined && (
        <span id={id} className="text-12 text-muted">
          {label}
        </span>
      )}
      <Base.Root
        items={options.map((option) => ({ value: option.value, label: option.label }))}
        value={value}
        disabled={disabled}
        modal={false}
        onValueChange={(next) => {
          if (next !== null) onChange(next);
        }}
      >
        <Base.Trigger
          aria-labelledby={labelledBy ?? id}
          data-control=""
          className="fade figure inline-flex h-8 min-w-24 items-center justify-between gap-2 rounded-control border border-line bg-bg2 px-2.5 text-13 text-ink hover:bg-bg3 disabled:opacity-55"
        >
          <Base.Value />
          <Base.Icon>
            <ChevronDown aria-hidden size={14} className="text-muted" />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
            <Base.Popup className="max-h-72 min-w-[var(--anchor-width)] overflow-y-auto rounded-panel border border-line bg-bg2 p-1 shadow-lg outline-none">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  className="figure flex h-7 items-center gap-2 rounded-control px-2 text-13 outline-none select-none data-highlighted:bg-bg3"
                >
                  <span className="flex w-3.5 shrink-0">
                    <Base.ItemIndicator>
                      <Check aria-hidden size={14} className="text-accent" />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                  {option.note !== undefined && <span className="ml-auto pl-4 text-11 text-faint">{option.note}</span>}
                </Base.Item>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  );
}
