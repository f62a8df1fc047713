import { clsx } from 'clsx';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { chordOf, isSingleKey, keysText } from '#shared/shortcuts/keys.ts';

const SECOND_KEY_MS = 1200;

type Props = {
  readonly label: string;
  readonly note: string;
  readonly wrong: boolean;
  readonly onKeys: (keys: string) => void;
  readonly onLeave: () => void;
};

/** Waits for keys to be pressed and hands them over. Tab goes on as everywhere, so that nobody is kept here. */
export function KeyField({ label, note, wrong, onKeys, onLeave }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [first, setFirst] = useState<string | null>(null);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (first === null) return undefined;
    // A single key stands alone when no second one follows.
    const timer = setTimeout(() => {
      setFirst(null);
      onKeys(first);
    }, SECOND_KEY_MS);
    return () => clearTimeout(timer);
  }, [first, onKeys]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const pressed = chordOf(event);
    if (pressed === null || pressed === 'Tab' || pressed === 'Shift+Tab') return;
    event.preventDefault();
    event.stopPropagation();
    event.nativeEvent.stopImmediatePropagation();
    if (event.repeat) return;
    if (pressed === 'Escape') return onLeave();
    if (first !== null) {
      setFirst(null);
      onKeys(`${first} ${pressed}`);
    } else if (isSingleKey(pressed)) setFirst(pressed);
    else onKeys(pressed);
  };

  return (
    <div className="min-w-56">
      <input
        ref={field}
        readOnly
        data-takes-keys=""
        aria-label={label}
        aria-describedby={`${id}-note`}
        aria-invalid={wrong}
        placeholder={label}
        value={first === null ? '' : keysText(first)}
        onKeyDown={onKeyDown}
        onBlur={onLeave}
        className="figure-mono h-7 w-full rounded-control border border-line bg-bg2 px-2 text-12 text-ink aria-invalid:border-danger"
      />
      <p
        id={`${id}-note`}
        role={wrong ? 'alert' : undefined}
        className={clsx('mt-0.5 text-11', wrong ? 'text-danger' : 'text-faint')}
      >
        {note}
      </p>
    </div>
  );
}
