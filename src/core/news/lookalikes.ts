import { KNOWN_TICKERS } from './assets.ts';

/** Letters of other scripts that look like Latin ones; after NFKC, which has folded full-width and mathematical forms already. */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  А: 'A',
  В: 'B',
  С: 'C',
  Е: 'E',
  Н: 'H',
  І: 'I',
  Ј: 'J',
  К: 'K',
  М: 'M',
  О: 'O',
  Р: 'P',
  Ѕ: 'S',
  Т: 'T',
  Х: 'X',
  У: 'Y',
  а: 'a',
  с: 'c',
  е: 'e',
  і: 'i',
  ј: 'j',
  о: 'o',
  р: 'p',
  ѕ: 's',
  х: 'x',
  у: 'y',
  ԁ: 'd',
  һ: 'h',
  ӏ: 'l',
  ո: 'n',
  ս: 'u',
  Α: 'A',
  Β: 'B',
  Ε: 'E',
  Ζ: 'Z',
  Η: 'H',
  Ι: 'I',
  Κ: 'K',
  Μ: 'M',
  Ν: 'N',
  Ο: 'O',
  Ρ: 'P',
  Τ: 'T',
  Υ: 'Y',
  Χ: 'X',
  ο: 'o',
  α: 'a',
  ν: 'v',
  ι: 'i',
  κ: 'k',
  ρ: 'p',
  υ: 'u',
  Ꭺ: 'A',
  Ᏼ: 'B',
  Ꭲ: 'T',
  Ꮯ: 'C',
};

const WORD = /[\p{L}\p{M}\p{N}]{2,40}/gu;
const LATIN = /\p{Script=Latin}/u;
const OTHER =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Cherokee}\p{Script=Armenian}\p{Script=Lisu}\p{Script=Coptic}]/u;
/** Units of measure and mathematics that stand beside Latin letters in honest text, such as the micro sign. */
const HONEST = /[μΩπΔ]/gu;

/** Names that an attacker wants to be taken for. */
const NAMES = new Set([
  ...KNOWN_TICKERS,
  'BITCOIN',
  'ETHEREUM',
  'SOLANA',
  'TETHER',
  'BINANCE',
  'COINBASE',
  'KRAKEN',
  'SEC',
]);

/** A word whose letters come from two scripts, and a word of another script that looks like a coin or an exchange. */
export function lookalikesIn(text: string): { readonly mixed: readonly string[]; readonly tickers: readonly string[] } {
  const mixed: string[] = [];
  const tickers: string[] = [];
  for (const [found] of text.matchAll(WORD)) {
    const word = found.replace(HONEST, '');
    if (!OTHER.test(word)) continue;
    const skeleton = word.replace(/\P{ASCII}/gu, (letter) => LOOKS_LIKE[letter] ?? letter);
    if (NAMES.has(skeleton.toUpperCase())) tickers.push(skeleton.toUpperCase());
    else if (LATIN.test(word)) mixed.push(word);
  }
  return { mixed, tickers };
}

/** Share of the letters that are not Latin: what the readers here cannot read. */
export function foreignShare(text: string): number {
  const letters = text.match(/\p{L}/gu) ?? [];
  return letters.length === 0 ? 0 : letters.filter((letter) => !LATIN.test(letter)).length / letters.length;
}
