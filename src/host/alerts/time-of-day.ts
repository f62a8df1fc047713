const MINUTES_OF_HOUR = 60;

const partsIn = (at: number, zone: string): ReadonlyMap<string, string> => {
  const format = new Intl.DateTimeFormat('en-GB', {
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    ...(zone === 'system' ? {} : { timeZone: zone }),
  });
  return new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
};

/** Minutes since midnight in a zone, or in the machine's own (`system`). */
export function minuteOfDay(at: number, zone: string): number {
  const parts = partsIn(at, zone);
  return Number(parts.get('hour')) * MINUTES_OF_HOUR + Number(parts.get('minute'));
}

/** The day of a moment in a zone, such as `2026-11-20`. */
export function dayIn(at: number, zone: string): string {
  const parts = partsIn(at, zone);
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}
