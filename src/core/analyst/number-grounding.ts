import type { Fact } from '../context/types.ts';

/** Numbers that only say which measure is meant: the period of an indicator, a count of candles. */
const PERIODS = [/\b(?:ADX|DI|RSI|ATRs?|EMA|MACD)\s?(\d+)\b/g, /\b(\d+)-(?:candle|,| and)/g, /\b(\d+)\s+candles?\b/g];
const FACT_ID = /\bF\d+\b/g;
/** Digits of any kind that the usual normal form does not turn into plain ones, such as those of other scripts. */
const FOREIGN_DIGIT = /(?![0-9])[\p{Nd}\p{Nl}\p{No}]/u;
/** Characters without width, direction marks and tags: nothing to read, but enough to hide a number behind. */
const INVISIBLE = /[\p{Cf}\u{E0000}-\u{E007F}]/gu;
const NUMBER = /([-+\u2212\u2013]?)(\d+(?:[,'_ ]\d{3})*(?:[.,]\d+)?(?:e[-+]?\d+)?)\s*(%|percent\b|bps\b)?/gi;
/** A quantity in words is a number as well, and none that code rendered. */
const WORDS =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundreds?|thousands?|millions?|billions?|dozens?|twice|thrice|doubled?|tripled?|halved?|quarter)\b/gi;

/**
 * The number gate (X7): why a text may not stand beside these cited facts, or undefined. Each number in it must be the value of a cited
 * fact, rounded as written, without its sign, or as percent where the fact is a share; or the period in the name of one of them. Each
 * fact id must be cited. Strict on purpose: what cannot be read for certain is refused.
 */
export function numberProblem(text: string, cited: readonly Fact[]): string | undefined {
  const plain = text.normalize('NFKC').replace(INVISIBLE, '');
  const foreign = FOREIGN_DIGIT.exec(plain);
  if (foreign !== null) return `it says ${foreign[0]}, which is no plain digit`;
  const named = cited.map(({ label }) => label.toLowerCase());
  const word = (plain.match(WORDS) ?? []).find((said) => !named.some((label) => label.includes(said.toLowerCase())));
  if (word !== undefined) return `it says "${word}", a number that no cited fact holds`;
  const uncited = [...plain.matchAll(FACT_ID)].find(([id]) => !cited.some((fact) => fact.id === id));
  if (uncited !== undefined) return `it speaks of ${uncited[0]}, which is not cited`;
  const bare = withoutPeriods(plain.replace(FACT_ID, ' '), cited);
  for (const match of bare.matchAll(NUMBER)) {
    if (!cited.some((fact) => isValueOf(fact, match)))
      return `it says ${match[0].trim()}, which is the value of no cited fact`;
  }
  return undefined;
}

/** Takes away the periods that the names of the cited facts hold, and no others. */
function withoutPeriods(text: string, cited: readonly Fact[]): string {
  const unnamed = cited.reduce(
    (left, { label, interval }) => left.replaceAll(label, ' ').replace(new RegExp(`\\b${interval}\\b`, 'g'), ' '),
    text,
  );
  const known = new Set(cited.flatMap(({ name, label }) => `${name} ${label}`.match(/\d+/g) ?? []));
  return PERIODS.reduce(
    (left, period) => left.replace(period, (whole, digits: string) => (known.has(digits) ? ' ' : whole)),
    unnamed,
  );
}

function isValueOf(fact: Fact, [, sign = '', digits = '', unit = '']: RegExpMatchArray): boolean {
  // A comma is a thousand when three digits follow it, else it is not how this program writes a number.
  const written = Number(digits.replace(/[,'_ ](?=\d{3}(?!\d))/g, ''));
  if (!Number.isFinite(written) || unit.toLowerCase() === 'bps') return false;
  const decimals = /[.]\d+/.exec(digits)?.[0].length ?? 1;
  const isPercent = unit !== '';
  if (isPercent && fact.unit !== 'fraction' && fact.unit !== 'ratio') return false;
  const value = isPercent ? fact.value * 100 : fact.value;
  // A sign that is written must be right; without one the size is meant.
  const signed = sign === '' ? written : sign === '+' ? written : -written;
  const meant = sign === '' ? Math.abs(value) : value;
  // Half a unit of the last digit, and what binary fractions add to it.
  return Math.abs(signed - meant) <= 0.5 * 10 ** (1 - decimals) + 1e-9 * Math.max(1, Math.abs(meant));
}
