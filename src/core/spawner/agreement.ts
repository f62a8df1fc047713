import type { Assessment } from '../analyst/types.ts';
import { compare, formatDecimal, isPositive, min, ONE, parseDecimal } from '../domain/decimal.ts';
import { percentText } from './envelope.ts';

/** What a model's disagreement with itself leaves of the size: never more than all of it. */
export type Agreement = {
  /** Decimal text from 0 to 1. */
  readonly factor: string;
  readonly words: string;
};

const WHOLE: Agreement = { factor: '1', words: '' };

/**
 * Reads the assessment's disagreement (X18). It bears on nothing where the rules stand: what a model without a say thinks of itself is no
 * reason to trade more or less.
 */
export function agreementOf({ source, disagreement }: Assessment): Agreement {
  if (source !== 'model' || disagreement === undefined) return WHOLE;
  const factor = min(ONE, parseDecimal(disagreement.sizeFactor));
  if (compare(factor, ONE) === 0) return WHOLE;
  if (!isPositive(factor)) return { factor: '0', words: '' };
  const text = formatDecimal(factor);
  return { factor: text, words: `, cut to ${percentText(text)} of that because the model's answers differ` };
}

/** Why nothing is risked on answers of which hardly two are alike. */
export function disagreementWhy({ disagreement }: Assessment): string {
  const said = Object.entries(disagreement?.labels ?? {}).map(
    ([label, times]) => `${label.replaceAll('_', ' ')} ${times}`,
  );
  return `the model does not agree with itself: ${disagreement?.samples ?? 0} answers to one question were ${said.join(', ')}`;
}
