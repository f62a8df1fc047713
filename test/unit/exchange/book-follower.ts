import { crc32 } from 'node:zlib';

type Row = { readonly price: string; readonly qty: string };
export type BookMessage = {
  readonly channel?: string;
  readonly data?: readonly {
    readonly bids: readonly Row[];
    readonly asks: readonly Row[];
    readonly checksum: string;
  }[];
};

/** Numbers stay the text that was sent: kraken's checksum is made over its digits, zeros at the end included. */
export const parseBookMessage = (text: string): BookMessage =>
  JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? context?.source : value,
  ) as BookMessage;

const digits = (text: string): string => text.replace('.', '').replace(/^0+/, '');
const firstTen = (side: ReadonlyMap<string, string>): string =>
  [...side]
    .slice(0, 10)
    .map(([price, qty]) => digits(price) + digits(qty))
    .join('');

/** A subscriber of its own, which shares nothing with the exchange: levels by the text of their price, cut at its depth. */
export function followBook(depth: number) {
  const bids = new Map<string, string>();
  const asks = new Map<string, string>();
  const follow = (
    side: Map<string, string>,
    rows: readonly Row[],
    bestFirst: (a: number, b: number) => number,
  ): void => {
    for (const { price, qty } of rows) {
      if (Number(qty) === 0) side.delete(price);
      else side.set(price, qty);
    }
    const kept = [...side].toSorted(([a], [b]) => bestFirst(Number(a), Number(b))).slice(0, depth);
    side.clear();
    for (const [price, qty] of kept) side.set(price, qty);
  };
  const sum = (): number => crc32(firstTen(asks) + firstTen(bids));
  return {
    /** Undefined for other messages; else whether the checksum holds with this message, and whether it held without it. */
    take: (message: BookMessage): { readonly holds: boolean; readonly heldWithout: boolean } | undefined => {
      const book = message.data?.[0];
      if (message.channel !== 'book' || book === undefined) return undefined;
      const heldWithout = sum() === Number(book.checksum);
      follow(bids, book.bids, (a, b) => b - a);
      follow(asks, book.asks, (a, b) => a - b);
      return { holds: sum() === Number(book.checksum), heldWithout };
    },
  };
}
