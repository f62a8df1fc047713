import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { BookLevel, LiveBook } from '#core/ports/live-market.ts';
import { fieldAt, timeField } from '../parse/fields.ts';

/** Levels of a side that are handed out; deeper ones are for nobody here. */
const SHOWN_LEVELS = 20;

const isGood = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value) && value > 0;

/** The best levels of a side in order. Undefined when a level is odd or out of order. */
function levelsOf(side: unknown, better: (a: number, b: number) => boolean): readonly BookLevel[] | undefined {
  if (!Array.isArray(side)) return undefined;
  const levels: BookLevel[] = [];
  for (const row of side.slice(0, SHOWN_LEVELS) as readonly unknown[]) {
    const price = fieldAt(row, ['0']);
    const quantity = fieldAt(row, ['1']);
    const before = levels.at(-1);
    if (!isGood(price) || !isGood(quantity)) return undefined;
    if (before !== undefined && !better(before.price, price)) return undefined;
    levels.push({ price, quantity });
  }
  return levels;
}

export type BookReading =
  | { readonly kind: 'ok'; readonly book: LiveBook }
  | { readonly kind: 'crossed' | 'odd' | 'empty'; readonly detail: string };

/** ccxt's book as a copy of ours, judged: a book whose best bid reaches its best ask has lost something on its way. */
export function readBook(value: unknown, instrumentId: InstrumentId, at: UnixMs): BookReading {
  const bids = levelsOf(fieldAt(value, ['bids']), (a, b) => a > b);
  const asks = levelsOf(fieldAt(value, ['asks']), (a, b) => a < b);
  if (bids === undefined || asks === undefined) return { kind: 'odd', detail: 'a level of the book cannot be read' };
  const [bid, ask] = [bids[0], asks[0]];
  if (bid === undefined || ask === undefined) return { kind: 'empty', detail: 'a side of the book is empty' };
  if (bid.price >= ask.price) return { kind: 'crossed', detail: `bid ${bid.price} against ask ${ask.price}` };
  const venueTime = timeField(fieldAt(value, ['timestamp']));
  return {
    kind: 'ok',
    book: { instrumentId, bids, asks, at, ...(venueTime === undefined ? {} : { venueTime: unixMs(venueTime) }) },
  };
}
