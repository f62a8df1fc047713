import { type RefObject, useEffect, useId } from 'react';

type Props = {
  readonly label: string;
  readonly ref: RefObject<HTMLInputElement | null>;
  /** It is the one thing that can be done where it appears. */
  readonly takesFocus?: boolean;
  readonly hint?: string;
  /** Shown as it is typed: for a code that is read from paper. */
  readonly plain?: boolean;
};

/**
 * A field for a secret. Its value lives in the element alone, is read once and wiped by the form: kept in React's state it would lie about
 * in the page's memory in every version that was ever typed.
 */
export function SecretField({ label, ref, takesFocus = false, hint, plain = false }: Props) {
  const id = useId();
  useEffect(() => {
    if (takesFocus) ref.current?.focus();
  }, [ref, takesFocus]);
  return (
    <>
      <label htmlFor={id} className="mt-3 mb-1 block text-12 text-muted">
        {label}
      </label>
      <input
        id={id}
        ref={ref}
        type={plain ? 'text' : 'password'}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="h-8 w-full rounded-control border border-line bg-bg2 px-2.5 text-13 text-ink"
      />
      {hint !== undefined && <p className="mt-1 text-11 text-faint">{hint}</p>}
    </>
  );
}

/** Takes the value out of a field and empties it. */
export function takeSecret(field: HTMLInputElement | null): string {
  if (field === null) return '';
  const { value } = field;
  field.value = '';
  return value;
}
