import { useId } from 'react';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly note?: string;
  readonly placeholder?: string;
  readonly numeric?: boolean;
  /** Why the value cannot be used; shown below the field. */
  readonly wrong?: string | undefined;
};

/** A line of text with its name above it. */
export function Field({ label, value, onChange, note, placeholder, numeric = false, wrong }: Props) {
  const id = useId();
  const below = wrong ?? note;
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-11 text-muted">
        {label}
      </label>
      <input
        id={id}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        inputMode={numeric ? 'decimal' : 'text'}
        aria-invalid={wrong !== undefined}
        aria-describedby={below === undefined ? undefined : `${id}-note`}
        onChange={(event) => onChange(event.target.value)}
        className="figure h-7 w-full rounded-control border border-line bg-bg2 px-2 text-12 text-ink aria-invalid:border-danger"
      />
      {below !== undefined && (
        <p
          id={`${id}-note`}
          className={wrong === undefined ? 'mt-0.5 text-11 text-faint' : 'mt-0.5 text-11 text-danger'}
        >
          {below}
        </p>
      )}
    </div>
  );
}
