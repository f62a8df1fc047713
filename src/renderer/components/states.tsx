import { Check, Copy, LoaderCircle, RotateCw, TriangleAlert } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { said } from '../app/said.ts';
import type { Loaded, ViewError } from '../stores/loaded.ts';
import { KeptSince, MaybeStale } from './age-badge.tsx';
import { Button } from './button.tsx';

const SKELETON_AFTER_MS = 150;
const WORDS_AFTER_MS = 3000;
const CANCEL_AFTER_MS = 8000;

/** True once `ms` have passed since the component appeared. */
function useAfter(ms: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms]);
  return passed;
}

type LoadingProps = { readonly what: string; readonly cancel?: (() => void) | undefined };

/** Nothing at first, a skeleton after 150 ms, words after 3 s, a way out after 8 s: never a spinner without a reason. */
export function LoadingState({ what, cancel }: LoadingProps) {
  const { t } = useTranslation();
  const skeleton = useAfter(SKELETON_AFTER_MS);
  const words = useAfter(WORDS_AFTER_MS);
  const wayOut = useAfter(CANCEL_AFTER_MS);
  return (
    <div role="status" className="flex min-h-24 flex-col gap-2 p-3" aria-label={t('states.loading', { what })}>
      {skeleton &&
        ['w-2/3', 'w-full', 'w-1/2'].map((width) => (
          <div key={width} className={`pulse h-3 rounded-control bg-bg2 ${width}`} />
        ))}
      {words && (
        <p className="flex items-center gap-2 text-12 text-muted">
          <LoaderCircle aria-hidden size={14} className="spin" />
          {t('states.stillWaiting', { what })}
        </p>
      )}
      {wayOut && cancel !== undefined && (
        <Button className="self-start" onClick={cancel}>
          {t('states.cancel')}
        </Button>
      )}
    </div>
  );
}

type EmptyProps = { readonly children: ReactNode; readonly action?: ReactNode };

/** One line that says why, and one thing to do. */
export function EmptyState({ children, action }: EmptyProps) {
  return (
    <div className="flex min-h-24 flex-col items-center justify-center gap-3 px-4 py-6 text-center text-12 text-muted">
      <p className="max-w-prose">{children}</p>
      {action}
    </div>
  );
}

type ErrorProps = { readonly error: ViewError; readonly retry?: () => void; readonly retryLabel?: string };

/** What happened, what it means, what to do. It stays where the data would be; nothing is told by a toast alone. */
export function ErrorState({ error, retry, retryLabel }: ErrorProps) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(`${error.code}: ${error.message}`).then(() => setCopied(true));
  };
  return (
    <div role="alert" className="m-3 flex gap-3 rounded-panel border border-danger/50 bg-bg1 p-3 text-12">
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-danger" />
      <div className="min-w-0 flex-1">
        <p className="font-bold first-letter:uppercase text-ink break-words">{said(error.message)}</p>
        {error.remedy !== null && <p className="mt-1 text-muted first-letter:uppercase">{said(error.remedy)}</p>}
        <div className="mt-2 flex flex-wrap items-center gap-1.5">
          {retry !== undefined && (
            <Button onClick={retry} icon={<RotateCw aria-hidden size={12} />}>
              {retryLabel ?? t('states.tryAgain')}
            </Button>
          )}
          <Button
            kind="quiet"
            onClick={copy}
            icon={copied ? <Check aria-hidden size={12} /> : <Copy aria-hidden size={12} />}
          >
            {copied ? t('states.copied') : t('states.copyDetails')}
          </Button>
          <span className="figure-mono text-11 text-faint">{error.code}</span>
        </div>
      </div>
    </div>
  );
}

type ViewProps<T> = {
  readonly loaded: Loaded<T>;
  readonly what: string;
  readonly retry: () => void;
  /** Gives up a load that takes too long: whatever waits has a way out. */
  readonly cancel: () => void;
  readonly children: (data: NonNullable<T>) => ReactNode;
};

/** Draws data by the state of its load. The last data stays on screen while a newer load runs or has failed. */
export function LoadedView<T>({ loaded, what, retry, cancel, children }: ViewProps<T>) {
  const { data, error, phase, at } = loaded;
  if (data === null || data === undefined) {
    return phase === 'failed' && error !== null ? (
      <ErrorState error={error} retry={retry} />
    ) : (
      <LoadingState what={what} cancel={cancel} />
    );
  }
  return (
    <>
      {phase === 'failed' && error !== null && <ErrorState error={error} retry={retry} />}
      {phase === 'failed' && at !== null && <KeptSince at={at} />}
      <MaybeStale stale={phase === 'failed'}>{children(data)}</MaybeStale>
    </>
  );
}
