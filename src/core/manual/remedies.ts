/** What the master can do about a refusal of the gate, by the check that refused. The others leave it to the reason that is given with it. */
const REMEDY: Readonly<Record<string, string>> = {
  'has-protective-stop': 'say where the purchase is given up, below the price: --stop PRICE',
  'trading-state': 'open the gate again: mt resume --reason "..."',
  'reduce-only-size': 'see what is held by hand: mt order ls',
  'price-collar': 'take a price nearer to the newest one',
  'portfolio-risk': 'close something, or wait until an agent does: mt agents',
  'mode-and-lock': 'order from the window or with mt order, or change the mode there',
  'min-notional': 'take a larger quantity',
};

/** Begins with what can be done, and always says that nothing was sent. */
export const remedyOf = (check: string, newestPrice: string): string => {
  const remedy = REMEDY[check];
  return `${remedy === undefined ? '' : `${remedy}; `}nothing was sent, and the newest price is ${newestPrice}`;
};
