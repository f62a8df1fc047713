import { useState } from 'react';
import { Button } from './button.tsx';

type Props = {
  readonly label: string;
  readonly ask: string;
  readonly yes: string;
  readonly no: string;
  readonly disabled?: boolean;
  readonly onYes: () => void;
};

/** Asks again where it stands, before something that cannot be undone. */
export function ConfirmButton({ label, ask, yes, no, disabled = false, onYes }: Props) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <Button kind="quiet" disabled={disabled} onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  return (
    <span role="group" aria-label={ask} className="inline-flex flex-wrap items-center gap-2 text-12">
      <span>{ask}</span>
      <Button autoFocus onClick={() => setAsking(false)}>
        {no}
      </Button>
      <Button
        kind="danger"
        onClick={() => {
          setAsking(false);
          onYes();
        }}
      >
        {yes}
      </Button>
    </span>
  );
}
