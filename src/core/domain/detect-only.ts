/** A family that is measured and never given to an agent: why, and when it should not be traded even where it could be. */
export type DetectOnlyFamily = {
  readonly name: string;
  readonly summary: string;
  readonly why: string;
  readonly remedy: string;
  readonly shouldNotTrade: readonly string[];
};

export const ARBITRAGE: DetectOnlyFamily = {
  name: 'arbitrage',
  summary:
    'Buys an asset where it is cheaper and sells it at once where it is dearer: on two venues, or around three markets.',
  why: 'an agent trades one instrument, and one leg of an arbitrage alone is a bet',
  remedy: 'Measure it with mt lab arbitrage; it stays detect-only until both legs can be funded and traded together.',
  shouldNotTrade: [
    'A leg has no price of the same moment: the spread is between a price and a memory.',
    'A leg is not funded on its own venue: what has to be moved first arrives after the spread.',
    'What is left after fees of all legs, half-spreads and one latency is below the least profit.',
    'An earlier trade is not level yet, or an order of it is unknown.',
    'The spread is the risk itself: a coin below its par, a venue that lets nothing out.',
  ],
};

/** All of them; lists of families name these beside their own. */
export const DETECT_ONLY_FAMILIES: readonly DetectOnlyFamily[] = [ARBITRAGE];

/** The family of this name, when it is one of those that are only measured. */
export const detectOnlyFamily = (name: string): DetectOnlyFamily | undefined =>
  DETECT_ONLY_FAMILIES.find((family) => family.name === name);
