import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { Button } from './button.tsx';

/** A question that nobody answers is withdrawn. */
const ASKS_FOR_MS = 5_000;

type Props = {
  readonly label: string;
  /** Stands on the button after the first press; the second one does it. */
  readonly question: string;
  readonly busy: boolean;
  readonly busyLabel: string;
  /** What it acts on, for who does not see the row. */
  readonly name: string;
  readonly onConfirm: () => void;
};

/**
 * Does something only at the second press, within five seconds of the first. A key that is held down and the second half of a double click
 * are no answer, and nothing more is taken while it works.
 */
export function AskButton({ label, question, busy, busyLabel, name, onConfirm }: Props) {
  const [asking, setAsking] = useState(false);
  const working = useRef(false);
  useEffect(() => {
    if (!asking) return undefined;
    const timer = setTimeout(() => setAsking(false), ASKS_FOR_MS);
    return () => clearTimeout(timer);
  }, [asking]);
  useEffect(() => {
    working.current = busy;
  }, [busy]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.repeat) event.preventDefault();
    if (event.key === 'Escape') setAsking(false);
  };
  const onClick = (event: MouseEvent): void => {
    if (event.detail > 1 || working.current) return;
    if (!asking) return setAsking(true);
    setAsking(false);
    working.current = true;
    onConfirm();
  };
  return (
    <Button
      kind={asking ? 'danger' : 'plain'}
      aria-disabled={busy}
      aria-label={busy ? `${name}: ${busyLabel}` : asking ? `${name}: ${question}` : name}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      {busy ? busyLabel : asking ? question : label}
    </Button>
  );
}
