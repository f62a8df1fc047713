import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';

export type DiffLine = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

const SIGNS = { same: ' ', added: '+', removed: '-' } as const;
const TONES = { same: 'text-muted', added: 'text-up', removed: 'text-down' } as const;

export const countKind = (lines: readonly DiffLine[], kind: DiffLine['kind']): number =>
  lines.filter((line) => line.kind === kind).length;

/** Two texts line by line: what is new, what is gone, what stayed. The sign says it too, not the colour alone. */
export function LineDiff({ lines, label }: { readonly lines: readonly DiffLine[]; readonly label: string }) {
  const { t } = useTranslation();
  return (
    <pre
      role="region"
      aria-label={label}
      tabIndex={0}
      className="figure-mono max-h-120 overflow-auto rounded-control border border-hair bg-bg0 p-2 text-12 leading-relaxed whitespace-pre-wrap"
    >
      {lines.map((line, index) => (
        <span key={index} data-kind={line.kind} className={clsx('block', TONES[line.kind])}>
          <span aria-hidden>{SIGNS[line.kind]} </span>
          {line.kind !== 'same' && <span className="sr-only">{t(`agents.prompt.${line.kind}`)}: </span>}
          {line.text}
        </span>
      ))}
    </pre>
  );
}
