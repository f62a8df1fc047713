import { clsx } from 'clsx';
import { clockSecondsText, clockText, dateTimeText, shortDateTimeText, utcText } from '#shared/format/time.ts';
import { zone } from '../app/zone.ts';

const FORMS = { clock: clockText, seconds: clockSecondsText, short: shortDateTimeText, full: dateTimeText } as const;

type Props = { readonly ms: number; readonly form?: keyof typeof FORMS; readonly className?: string };

/** A moment in the local zone, with UTC on hover. */
export function Moment({ ms, form = 'full', className }: Props) {
  return (
    <time
      dateTime={new Date(ms).toISOString()}
      title={utcText(ms)}
      data-num=""
      className={clsx('figure-mono whitespace-nowrap', className)}
    >
      {FORMS[form](ms, zone)}
    </time>
  );
}
