import { clsx } from 'clsx';
import { useId } from 'react';

type Choice<Value extends string> = { readonly value: Value; readonly label: string; readonly tone?: string };

type Props<Value extends string> = {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
  /** The name is spoken and not shown, where the choices say enough. */
  readonly quiet?: boolean;
};

/** Two or three choices side by side: radio buttons, so that the arrow keys walk them and one is always chosen. */
export function ChoiceGroup<Value extends string>({ label, value, choices, onChange, quiet = false }: Props<Value>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={quiet ? 'sr-only' : 'mb-1 text-11 text-muted'}>{label}</legend>
      <div className="flex overflow-hidden rounded-control border border-line">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={clsx(
              'fade flex h-7 min-w-0 flex-1 cursor-pointer items-center justify-center px-2 text-12 select-none has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent',
              choice.value === value ? clsx('bg-bg3 font-bold', choice.tone ?? 'text-ink') : 'text-muted hover:bg-bg2',
            )}
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="sr-only"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
