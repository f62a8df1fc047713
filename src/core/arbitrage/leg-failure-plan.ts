/**
 * What is done about every pair of outcomes, written before it happens. A purchase without its sale (or the other way round) is a bet on
 * the price that nobody decided to make: the plan ends it on whichever of the two venues still takes the order within a bounded loss.
 */

/** What is known of an order that was sent. `late`: no answer yet, so that it may have filled, in part, or not at all. */
export type LegOutcome = 'filled' | 'partial' | 'rejected' | 'late';

export type PairAction =
  /** Both legs did the same amount: nothing is held that was not meant to be. */
  | 'done'
  /** Neither did anything. */
  | 'nothing'
  /** More was bought than sold: sell the rest, on the venue of the sale or else back where it was bought. */
  | 'sell-rest'
  /** More was sold than bought: buy the rest, on the venue of the purchase or else back where it was sold. */
  | 'buy-rest'
  /** Both in part: whichever did less is brought level, as above. */
  | 'level'
  /** Nobody knows: look, and send nothing until it is known. A second order for a first that did fill would double the bet. */
  | 'look';

type Outcomes<T> = Readonly<Record<LegOutcome, T>>;

/** By the outcome of the purchase, then of the sale. */
const PLAN: Outcomes<Outcomes<PairAction>> = {
  filled: { filled: 'done', partial: 'sell-rest', rejected: 'sell-rest', late: 'look' },
  partial: { filled: 'buy-rest', partial: 'level', rejected: 'sell-rest', late: 'look' },
  rejected: { filled: 'buy-rest', partial: 'buy-rest', rejected: 'nothing', late: 'look' },
  late: { filled: 'look', partial: 'look', rejected: 'look', late: 'look' },
};

/** The cell of the table. */
export const planFor = (purchase: LegOutcome, sale: LegOutcome): PairAction => PLAN[purchase][sale];

/** Where a rest may be got rid of, first choice first. */
export type Remedy =
  /** The missing leg once more: the trade is completed, later and worse. */
  | 'hedge'
  /** The leg that did fill is undone on its own venue. */
  | 'unwind';
export const REMEDIES: readonly Remedy[] = ['hedge', 'unwind'];
