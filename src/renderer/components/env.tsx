import { clsx } from 'clsx';
import { useTranslation } from 'react-i18next';
import { environmentName, environmentTag } from '#shared/format/names.ts';

type Shape = 'half' | 'corner' | 'diamond' | 'ring' | 'bars';

/** Each environment has a word, a filled shape and a colour of its own; the shape alone tells them apart in grey. */
const LOOKS: Readonly<Record<string, { readonly shape: Shape; readonly tone: string; readonly fill: boolean }>> = {
  simulated: { shape: 'half', tone: 'text-sim', fill: false },
  backtest: { shape: 'bars', tone: 'text-sim', fill: false },
  paper: { shape: 'corner', tone: 'text-paper', fill: false },
  shadow: { shape: 'ring', tone: 'text-paper', fill: false },
  live: { shape: 'diamond', tone: 'text-live', fill: true },
};
const UNKNOWN = { shape: 'ring', tone: 'text-muted', fill: false } as const;
const lookOf = (environment: string) => LOOKS[environment] ?? UNKNOWN;

function EnvShape({ shape, size }: { readonly shape: Shape; readonly size: number }) {
  return (
    <svg aria-hidden width={size} height={size} viewBox="0 0 12 12" className="shrink-0">
      {shape === 'diamond' ? (
        <path d="M6 0.5 11.5 6 6 11.5 0.5 6Z" fill="currentColor" />
      ) : shape === 'ring' ? (
        <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="2.4" />
      ) : (
        <>
          <rect x="0.75" y="0.75" width="10.5" height="10.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
          {shape === 'half' && <rect x="1" y="1" width="5" height="10" fill="currentColor" />}
          {shape === 'corner' && <path d="M1 1H11L1 11Z" fill="currentColor" />}
          {shape === 'bars' && <path d="M1 1H4V11H1ZM8 1H11V11H8Z" fill="currentColor" />}
        </>
      )}
    </svg>
  );
}

/** The chip of the top bar: always on screen, in words, shape and colour. */
export function EnvChip({ environment }: { readonly environment: string }) {
  const look = lookOf(environment);
  return (
    <span
      data-testid="env"
      data-env={environmentTag(environment)}
      className={clsx(
        'inline-flex h-6 shrink-0 items-center gap-1.5 rounded-control border px-2 text-11 font-bold tracking-wider',
        look.fill ? 'border-live-fill bg-live-fill text-on-live' : ['border-current', look.tone],
      )}
    >
      <EnvShape shape={look.shape} size={11} />
      {environmentName(environment)}
    </span>
  );
}

/** The small label on every panel and tile that carries money. */
export function EnvTag({ environment, title }: { readonly environment: string; readonly title?: string }) {
  const { t } = useTranslation();
  const look = lookOf(environment);
  const tag = environmentTag(environment);
  const means = tag === 'sim' || tag === 'paper' || tag === 'shadow' ? tag : 'other';
  return (
    <span
      data-env={tag}
      title={title ?? t(`figures.environments.${means}`, { name: environmentName(environment) })}
      className={clsx('inline-flex items-center gap-1 pr-1 text-11 font-bold tracking-wider', look.tone)}
    >
      <EnvShape shape={look.shape} size={9} />
      {tag.toUpperCase()}
    </span>
  );
}
