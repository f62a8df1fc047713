import { clsx } from 'clsx';
import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';

type Props = InputHTMLAttributes<HTMLInputElement> & {
  readonly label: string;
  readonly note?: ReactNode;
  /** Why the value cannot be used; stands in place of the note and is told to a screen reader. */
  readonly wrong?: string | undefined;
  readonly ref?: Ref<HTMLInputElement>;
};

/** A line of text with its name above it; takes what a form library registers. */
export function TextField({ label, note, wrong, className, ref, ...rest }: Props) {
  const id = useId();
  const below = wrong ?? note;
  return (
    <div className={clsx('min-w-0', className)}>
      <label htmlFor={id} className="mb-1 block text-11 text-muted">
        {label}
      </label>
      <input
        id={id}
        ref={ref}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={wrong !== undefined}
        aria-describedby={below === undefined ? undefined : `${id}-note`}
        className="figure h-7 w-full rounded-control border border-line bg-bg2 px-2 text-12 text-ink aria-invalid:border-danger"
        {...rest}
      />
      {below !== undefined && (
        <p id={`${id}-note`} className={clsx('mt-0.5 text-11', wrong === undefined ? 'text-faint' : 'text-danger')}>
          {below}
        </p>
      )}
    </div>
  );
}
