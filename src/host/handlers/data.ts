import { writeCandleFile } from '#adapters/feed-file/write-candle-file.ts';
import { instrumentFor } from '#adapters/instruments/load-instruments.ts';
import { type InstrumentId, unixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import { type CandleCheck, checkCandles } from '#core/market/check-candles.ts';
import type { CandleColumns } from '#core/market/types.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { type DataCheckView, REPORT_ROWS } from '#shared/contract/data.ts';
import type { EngineParts } from '../parts.ts';
import { storedSeriesId, symbolOfSeries, venueOfSeries } from '../venues/stored-candles.ts';

type DataHandlers = Pick<AppHandlers, 'data.list' | 'data.check' | 'data.export'>;

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/** The first by size, the earlier one first where two are equal. */
const top = <T>(items: readonly T[], of: (item: T) => number): T[] =>
  items.toSorted((a, b) => of(b) - of(a)).slice(0, REPORT_ROWS);

const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** What was found, most serious first. */
function findingsOf(check: CandleCheck, revisions: number, jumpRanges: number): string[] {
  const { gaps, zeroVolume, jumps, misaligned, disordered, inconsistent } = check;
  const quiet = sum(zeroVolume, ({ candles }) => candles);
  const unexplained = jumps.filter(({ afterGap }) => !afterGap).length;
  const found = [
    [inconsistent, `${plural(inconsistent, 'candle')} with a price of zero or less, or outside its own high and low`],
    [disordered, `${plural(disordered, 'open time')} not later than the one before`],
    [misaligned, `${plural(misaligned, 'open time')} that are no whole interval in UTC`],
    [
      gaps.length,
      `${plural(gaps.length, 'hole')} of ${plural(
        sum(gaps, ({ missing }) => missing),
        'candle',
      )} in all`,
    ],
    [
      jumps.length,
      `${plural(jumps.length, 'candle')} of ${jumpRanges} average ranges or more, ${unexplained} of them not after a hole`,
    ],
    [quiet, `${plural(quiet, 'candle')} without volume, in ${plural(zeroVolume.length, 'run')}`],
    [revisions, `${plural(revisions, 'value')} replaced by a later import; the old values are kept`],
  ] as const;
  const sentences = found.filter(([count]) => count > 0).map(([, sentence]) => sentence);
  return sentences.length === 0 ? ['nothing that deserves a second look'] : sentences;
}

export function createDataHandlers({ instruments, storage: { candles: store } }: EngineParts): DataHandlers {
  const symbolOf = (instrumentId: InstrumentId): string =>
    instruments.find(({ id }) => id === instrumentId)?.symbol ?? symbolOfSeries(instrumentId);

  const columnsOf = (...[symbol, interval, from, to]: [string, CandleColumns['interval'], number?, number?]) => {
    const id = storedSeriesId(store, instrumentFor(symbol, instruments), interval);
    const columns = store.readColumns(
      id,
      interval,
      from === undefined ? undefined : unixMs(from),
      to === undefined ? undefined : unixMs(to),
    );
    if (columns.length > 0) return { id, columns };
    throw new Fault(
      'not_found',
      `no ${interval} candles of ${symbol} were imported${from === undefined && to === undefined ? '' : ' for that time'}`,
      'look at mt data ls, or bring some in with mt import',
    );
  };

  return {
    'data.list': () =>
      store.list().map(({ instrumentId, interval, candles, firstOpen, lastOpen }) => {
        const gaps = store.gaps(instrumentId, interval);
        return {
          instrument: symbolOf(instrumentId),
          venue: venueOfSeries(instrumentId),
          interval,
          candles,
          firstOpen,
          lastOpen,
          gaps: gaps.length,
          missing: sum(gaps, ({ missing }) => missing),
          revisions: store.revisions(instrumentId, interval).length,
        };
      }),
    'data.check'({ instrument, interval, jumpRanges }): DataCheckView {
      const { id, columns } = columnsOf(instrument, interval);
      const check = checkCandles(columns, jumpRanges);
      const revisions = store.revisions(id, interval).length;
      return {
        instrument,
        interval,
        candles: check.candles,
        firstOpen: columns.openTime[0] ?? 0,
        lastOpen: columns.openTime.at(-1) ?? 0,
        gaps: {
          count: check.gaps.length,
          missing: sum(check.gaps, ({ missing }) => missing),
          longest: top(check.gaps, ({ missing }) => missing),
        },
        zeroVolume: {
          candles: sum(check.zeroVolume, ({ candles }) => candles),
          runs: check.zeroVolume.length,
          longest: top(check.zeroVolume, ({ candles }) => candles),
        },
        jumps: { ranges: jumpRanges, count: check.jumps.length, largest: top(check.jumps, ({ ranges }) => ranges) },
        misaligned: check.misaligned,
        disordered: check.disordered,
        inconsistent: check.inconsistent,
        revisions,
        findings: findingsOf(check, revisions, jumpRanges),
      };
    },
    async 'data.export'({ instrument, interval, path, from, to, overwrite }) {
      const { columns } = columnsOf(instrument, interval, from, to);
      const bytes = await writeCandleFile(path, columns, overwrite);
      return {
        path,
        candles: columns.length,
        bytes,
        firstOpen: columns.openTime[0] ?? 0,
        lastOpen: columns.openTime.at(-1) ?? 0,
      };
    },
  };
}
