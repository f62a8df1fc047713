import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_MS = 1500;

type Props = { readonly value: string; readonly shown?: string; readonly what: string };

/** A long identifier, shown short, copied whole. */
export function CopyText({ value, shown = value, what }: Props) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <button
      type="button"
      title={value}
      aria-label={t(copied ? 'states.copiedWhat' : 'states.copyWhat', { what, shown })}
      onClick={() => {
        void navigator.clipboard.writeText(value).then(() => setCopied(true));
      }}
      className="fade figure-mono inline-flex h-6 max-w-full items-center gap-1.5 rounded-control px-1 text-12 text-muted hover:bg-bg2 hover:text-ink"
    >
      <span className="truncate">{shown}</span>
      {copied ? (
        <Check aria-hidden size={12} className="shrink-0 text-ok" />
      ) : (
        <Copy aria-hidden size={12} className="shrink-0" />
      )}
    </button>
  );
}
