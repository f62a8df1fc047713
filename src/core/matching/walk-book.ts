/** What stands at one price of an order book: whole ticks, whole lots. */
export type DepthLevel = { readonly ticks: number; readonly lots: number };

export type BookWalk = {
  /** One for each level that is touched, best first, each at that level's own price. */
  readonly fills: readonly DepthLevel[];
  /** Lots for which nothing stands in the book, or nothing at a price that is accepted. */
  readonly left: number;
};

const anyPrice = (): boolean => true;

/** What an order for `lots` meets on the other side of a book whose levels come best first, for as long as it accepts their prices. */
export function walkBook(
  levels: readonly DepthLevel[],
  lots: number,
  accepts: (ticks: number) => boolean = anyPrice,
): BookWalk {
  const fills: DepthLevel[] = [];
  let left = lots;
  for (const level of levels) {
    if (left === 0 || !accepts(level.ticks)) break;
    const taken = Math.min(left, level.lots);
    fills.push({ ticks: level.ticks, lots: taken });
    left -= taken;
  }
  return { fills, left };
}

/** The levels that remain once `lots` were taken from the best on. Throws RangeError when that is more than stands there. */
export function withoutLots(levels: readonly DepthLevel[], lots: number): readonly DepthLevel[] {
  let left = lots;
  let gone = 0;
  while (gone < levels.length && left >= (levels[gone] as DepthLevel).lots) {
    left -= (levels[gone] as DepthLevel).lots;
    gone += 1;
  }
  const rest = levels.slice(gone);
  if (left === 0) return rest;
  const [first, ...others] = rest;
  if (first === undefined) throw new RangeError(`${lots} lots are more than the book has`);
  return [{ ticks: first.ticks, lots: first.lots - left }, ...others];
}
