import { type CandleColumns, knownAtOpen, sliceColumns } from './candle-prefix.ts';

/**
 * Something that a run claims to have known: `close` a decision or a value made when candle `index` had closed, from the candles up to
 * it; `open` something done at the open of candle `index` (a market fill), from the candles before it and that one price.
 */
export type Reading = { readonly index: number; readonly known: 'open' | 'close'; readonly value: string | number };

/** A strategy or an indicator over all candles it is given. Must be deterministic. */
export type ProbedRun = (columns: CandleColumns) => readonly Reading[];

export type Peek = {
  /** Candles (or the open of the one after them) that the shorter run was given. */
  readonly cut: number;
  readonly index: number;
  readonly known: Reading['known'];
  /** What the run said with all candles, and what it says when the later ones are gone; undefined for nothing. */
  readonly whole: string | number | undefined;
  readonly truncated: string | number | undefined;
};

export type LookAheadReport = {
  /** `nothing_compared` is no pass: a run that says nothing shows nothing. */
  readonly verdict: 'clean' | 'look_ahead' | 'not_deterministic' | 'nothing_compared';
  readonly cuts: number;
  readonly compared: number;
  /** The first changes found, at most twenty. */
  readonly peeks: readonly Peek[];
};

export type LookAheadOptions = {
  /** How many places the data are cut at. */
  readonly cuts?: number;
  /** No cut before this candle: where the warm-up ends. */
  readonly from?: number;
  /** Largest difference of numbers, relative to their size, that counts as equal. 0: honest code gives the same bits. */
  readonly tolerance?: number;
};

const MOST_PEEKS = 20;
/** Steps of the golden ratio spread the cuts evenly without ever falling into step with hours, days or other periods of the data. */
const GOLDEN = 0.6180339887498949;

/**
 * Look-ahead by truncation: what a run said about a moment must not change when everything after the moment is taken away. Cuts the
 * data at many places, runs again and compares all readings from before the cut. A run that also says what it did at opens is given the
 * open of the next candle, so that a fill which knew the rest of its own candle shows.
 */
export function findLookAhead(run: ProbedRun, columns: CandleColumns, options: LookAheadOptions = {}): LookAheadReport {
  const { cuts = 24, from = 1, tolerance = 0 } = options;
  const length = columns.close.length;
  const whole = gather(run(sliceColumns(columns, 0, length)));
  const again = gather(run(sliceColumns(columns, 0, length)));
  const report = (
    verdict: LookAheadReport['verdict'],
    made: number,
    compared: number,
    peeks: readonly Peek[],
  ): LookAheadReport => ({
    verdict,
    cuts: made,
    compared,
    peeks: peeks.slice(0, MOST_PEEKS),
  });
  const unstable = compare(whole, again, length, length, 0).peeks;
  if (unstable.length > 0) return report('not_deterministic', 0, 0, unstable);
  const places = cutPlaces(Math.max(1, from), length, cuts);
  const actsAtOpen = [...whole.values()].some((reading) => reading.known === 'open');
  const peeks: Peek[] = [];
  let compared = 0;
  for (const cut of places) {
    const known = actsAtOpen ? knownAtOpen(columns, cut) : sliceColumns(columns, 0, cut);
    const found = compare(whole, gather(run(known)), cut, actsAtOpen ? cut + 1 : cut, tolerance);
    compared += found.compared;
    peeks.push(...found.peeks.slice(0, MOST_PEEKS));
  }
  if (peeks.length > 0) return report('look_ahead', places.length, compared, peeks);
  return report(compared === 0 ? 'nothing_compared' : 'clean', places.length, compared, []);
}

type Gathered = { readonly index: number; readonly known: Reading['known']; readonly values: (string | number)[] };

/** Readings by moment; several about one moment count in their order. */
function gather(readings: readonly Reading[]): ReadonlyMap<string, Gathered> {
  const found = new Map<string, Gathered>();
  for (const { index, known, value } of readings) {
    const key = `${index} ${known}`;
    const before = found.get(key);
    if (before === undefined) found.set(key, { index, known, values: [value] });
    else before.values.push(value);
  }
  return found;
}

/** Compares closes before `closesBefore` and opens before `opensBefore`, in both directions: what appears counts like what vanishes. */
function compare(
  whole: ReadonlyMap<string, Gathered>,
  truncated: ReadonlyMap<string, Gathered>,
  closesBefore: number,
  opensBefore: number,
  tolerance: number,
): { readonly compared: number; readonly peeks: readonly Peek[] } {
  const peeks: Peek[] = [];
  let compared = 0;
  for (const key of new Set([...whole.keys(), ...truncated.keys()])) {
    const { index, known } = (whole.get(key) ?? truncated.get(key)) as Gathered;
    if (index >= (known === 'close' ? closesBefore : opensBefore)) continue;
    const [long, short] = [whole.get(key)?.values ?? [], truncated.get(key)?.values ?? []];
    for (let i = 0; i < Math.max(long.length, short.length); i++) {
      compared++;
      if (!same(long[i], short[i], tolerance))
        peeks.push({ cut: closesBefore, index, known, whole: long[i], truncated: short[i] });
    }
  }
  return { compared, peeks: peeks.sort((a, b) => a.index - b.index) };
}

function same(a: string | number | undefined, b: string | number | undefined, tolerance: number): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (typeof a !== 'number' || typeof b !== 'number') return false;
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

function cutPlaces(from: number, length: number, count: number): readonly number[] {
  if (length <= from) return [];
  const places = new Set<number>();
  for (let i = 1; i <= count; i++) places.add(from + Math.floor(((i * GOLDEN) % 1) * (length - from)));
  return [...places].sort((a, b) => a - b);
}
