import type { InstrumentId, UnixMs } from '#core/domain/ids.ts';
import { INTERVAL_MS, type Interval } from '#core/domain/interval.ts';
import { Fault } from '#core/kernel/fault.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { COLUMN_NAMES } from '#core/market/candle-columns.ts';
import type { CandleColumns } from '#core/market/types.ts';
import { differingField } from './merge-candles.ts';

const VALUES = COLUMN_NAMES.filter((name) => name !== 'openTime');

const at = (openTime: number): string =>
  Math.abs(openTime) <= 8.64e15 ? utcText(openTime as UnixMs) : String(openTime);

/** How messages call one candle. */
export const candleName = (instrumentId: InstrumentId, interval: Interval, openTime: number): string =>
  `the ${instrumentId} ${interval} candle of ${at(openTime)}`;

/** Throws Fault for a candle that has no finite values, lies off the interval's grid or is out of order. */
export function refuseMalformed(instrumentId: InstrumentId, columns: CandleColumns): void {
  const { interval, length, openTime } = columns;
  const step = INTERVAL_MS[interval];
  let previous = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    const time = openTime[i] as number;
    const wrong = VALUES.find((name) => !Number.isFinite(columns[name][i]));
    if (wrong !== undefined) throw malformed(instrumentId, interval, time, `has no finite ${wrong}`);
    if (Math.floor(time / step) * step !== time)
      throw malformed(instrumentId, interval, time, `does not start on a whole ${interval}`);
    if (time <= previous) throw malformed(instrumentId, interval, time, 'is not later than the one before it');
    previous = time;
  }
}

export const malformed = (instrumentId: InstrumentId, interval: Interval, openTime: number, what: string): Fault =>
  new Fault(
    'bad_data',
    `${candleName(instrumentId, interval, openTime)} ${what}`,
    'correct the file and import it again; nothing was kept',
  );

export function refuseDifferent(
  instrumentId: InstrumentId,
  incoming: CandleColumns,
  i: number,
  stored: CandleColumns,
  j: number,
): Fault {
  const field = differingField(incoming, i, stored, j) ?? 'close';
  return new Fault(
    'bad_data',
    `${candleName(instrumentId, incoming.interval, incoming.openTime[i] as number)} differs from the stored one: ` +
      `${field} ${incoming[field][i]}, stored ${stored[field][j]}`,
    'import a file that agrees with what is stored, import it as a revision, which keeps the old values, or use another data folder (--home); nothing was kept',
  );
}

export const damagedSeries = (path: string, interval: Interval, openTime: number): Fault =>
  new Fault(
    'storage',
    `${path} is damaged: the ${interval} candles from ${at(openTime)} on do not read back as they were written`,
    'move the file aside and import the candles again, or restore it from a backup',
  );
