import { useId } from 'react';

type Props = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly note?: string;
  /** What the number counts; at the right end of the name's line. */
  readonly unit?: string | undefined;
  /** What the terminal calls it, before the note. */
  readonly code?: string;
  readonly placeholder?: string;
  readonly numeric?: boolean;
  /** Why the value cannot be used; shown below the field. */
  readonly wrong?: string | undefined;
};

/** A line of text with its name above it. */
export function Field({ label, value, onChange, note, unit, code, placeholder, numeric = false, wrong }: Props) {
  const id = useId();
  const below = wrong ?? note;
  const described = [unit === undefined ? '' : `${id}-unit`, below === undefined ? '' : `${id}-note`].join(' ').trim();
  return (
    <div className="min-w-0">
      <div className="mb-1 flex items-baseline justify-between gap-2 text-11">
        <label htmlFor={id} className="text-muted">
          {label}
        </label>
        {unit !== undefined && (
          <span id={`${id}-unit`} className="text-right text-faint">
            {unit}
          </span>
        )}
      </div>
      <input
        id={id}
        value={value}
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        inputMode={numeric ? 'decimal' : 'text'}
        aria-invalid={wrong !== undefined}
        aria-describedby={described === '' ? undefined : described}
        onChange={(event) => onChange(event.target.value)}
        className="figure h-7 w-full rounded-control border border-line bg-bg2 px-2 text-12 text-ink aria-invalid:border-danger"
      />
      {below !== undefined && (
        <p
          id={`${id}-note`}
          className={wrong === undefined ? 'mt-0.5 text-11 text-faint' : 'mt-0.5 text-11 text-danger'}
        >
          {code !== undefined && <span className="figure-mono text-muted">{code} </span>}
          {below}
        </p>
      )}
    </div>
  );
}
