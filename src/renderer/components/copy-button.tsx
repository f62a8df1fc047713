import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.tsx';

type Props = { readonly text: () => string; readonly label: string; readonly done: string };

/** Puts a text that is made on demand on the clipboard. */
export function CopyButton({ text, label, done }: Props) {
  const [copied, setCopied] = useState(false);
  return (
    <Button
      kind="quiet"
      onClick={() => void navigator.clipboard.writeText(text()).then(() => setCopied(true))}
      icon={copied ? <Check aria-hidden size={12} /> : <Copy aria-hidden size={12} />}
    >
      {copied ? done : label}
    </Button>
  );
}
