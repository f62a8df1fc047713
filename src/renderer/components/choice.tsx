import { clsx } from 'clsx';
import { useId } from 'react';

export type ChoiceOption<Value extends string> = {
  readonly value: Value;
  readonly label: string;
  readonly note?: string;
};

type Props<Value extends string> = {
  readonly value: Value;
  readonly options: readonly ChoiceOption<Value>[];
  readonly onChange: (value: Value) => void;
  /** The element that names the group. */
  readonly labelledBy: string;
  /** One below the other, with their notes. */
  readonly stacked?: boolean;
};

/** One of a few, all in sight: the browser's own radio buttons, so that arrow keys work as everywhere. */
export function Choice<Value extends string>({ value, options, onChange, labelledBy, stacked = false }: Props<Value>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-labelledby={labelledBy}
      className={clsx('flex min-w-0 gap-1', stacked ? 'flex-col' : 'flex-wrap')}
    >
      {options.map((option) => (
        <label
          key={option.value}
          className={clsx(
            'fade flex min-h-7 cursor-pointer items-center gap-2 rounded-control border px-2.5 py-1 text-12',
            'has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            option.value === value ? 'border-accent bg-bg3 text-ink' : 'border-line bg-bg2 text-muted hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className="size-3.5 shrink-0 accent-accent outline-none"
          />
          <span className="min-w-0">
            {option.label}
            {option.note !== undefined && <span className="block text-11 text-muted">{option.note}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
