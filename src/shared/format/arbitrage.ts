/** Exact decimal text cut to two decimals, for tables; the CSV file and the answer have all of them. */
export const shortMoney = (text: string): string => text.replace(/(\.\d{2})\d+$/, '$1');
