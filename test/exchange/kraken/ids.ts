const DIGITS = 16;

const spell = (letter: string, id: number): string => {
  const text = letter + id.toString(36).toUpperCase().padStart(DIGITS, '0');
  return `${text.slice(0, 6)}-${text.slice(6, 11)}-${text.slice(11)}`;
};

/** `O00000-00000-0LFLSX`: kraken's spelling of an order's number, and of a trade's. */
export const orderText = (id: number): string => spell('O', id);
export const tradeText = (id: number): string => spell('T', id);

/** The number of an order; undefined when the text is no order's. */
export function orderNumber(text: string): number | undefined {
  return /^O[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{6}$/.test(text)
    ? Number.parseInt(text.replaceAll('-', '').slice(1), 36)
    : undefined;
}
