/** The parameters of the comparison, and what every contestant answers: fills as [candle, side], then the money. */
export const RULES = { fast: 20, slow: 50, feeBps: 10, cash: 1_000_000 };

/** Cash is counted in whole units of cents / 10,000, so that a fee in basis points is exact. */
const UNITS = 10_000;

/** Exact decimal text of an amount in cents / 10,000. */
export function moneyText(units) {
  const value = BigInt(units);
  const digits = (value < 0n ? -value : value).toString().padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** Final equity of fills at known prices in cents, as exact text. */
export function equityOf(fills, priceAt, lastClose, feeBps = RULES.feeBps) {
  let cash = BigInt(RULES.cash) * 100n * BigInt(UNITS);
  let held = 0;
  for (const [candle, side] of fills) {
    const price = priceAt(candle);
    cash -= BigInt(side * price) * BigInt(UNITS) + BigInt(price * feeBps);
    held += side;
  }
  return moneyText(cash + BigInt(held * lastClose) * BigInt(UNITS));
}
