import type { AgentDraft } from '#shared/contract/agents.ts';
import { times, trimmed } from '#shared/format/decimal-text.ts';
import type { DraftRequest } from '../../stores/agents-store.ts';

type Chosen = DraftRequest['chosen'];
export const LIMITS = ['budget', 'risk', 'dayLoss', 'candles'] as const;
export type LimitField = (typeof LIMITS)[number];

/** What was typed; what is not there is as the engine has it. */
export type Wanted = {
  readonly family: Chosen['family'];
  readonly parameters: Readonly<Record<string, string>>;
  readonly limits: Readonly<Partial<Record<LimitField, string>>>;
};

export const NOTHING: Wanted = { family: undefined, parameters: {}, limits: {} };

const PLAIN = /^-?\d{1,15}(\.\d{1,12})?$/;
const plain = (text: string): boolean => PLAIN.test(text.trim());

/** Whether a field holds what is no number, so that the engine cannot be asked about it. */
export const isWrong = (text: string | undefined): boolean => text !== undefined && text.trim() !== '' && !plain(text);

/** A fraction as percent, and back. */
export const percentOf = (fraction: string): string => trimmed(times(fraction, '100'));
const fractionOf = (percent: string): string => trimmed(times(percent, '0.01'));

/** What the engine is asked; an empty field and one that is no number are left to it. */
export function chosenOf({ family, parameters, limits }: Wanted, parent: string | null): Chosen {
  const said = (field: LimitField): string | undefined => {
    const text = limits[field]?.trim() ?? '';
    return plain(text) && !text.startsWith('-') ? text : undefined;
  };
  const [budget, risk, dayLoss, candles] = LIMITS.map(said);
  return {
    ...(family === undefined ? {} : { family }),
    ...(parent === null ? {} : { parent }),
    parameters: Object.fromEntries(
      Object.entries(parameters).flatMap(([name, text]) => (plain(text) ? [[name, Number(text)]] : [])),
    ),
    limits: {
      ...(budget === undefined ? {} : { budget }),
      ...(risk === undefined ? {} : { riskPerTrade: fractionOf(risk) }),
      ...(dayLoss === undefined ? {} : { dayLoss: fractionOf(dayLoss) }),
      ...(candles === undefined || candles.includes('.') ? {} : { maxBars: Number(candles) }),
    },
  };
}

/** A limit and the most that it may be, as the field shows them. */
export function shownLimit(
  { limits, most }: AgentDraft,
  field: LimitField,
): { readonly now: string; readonly most: string } {
  switch (field) {
    case 'budget':
      return { now: trimmed(limits.budget), most: trimmed(most.budget) };
    case 'risk':
      return { now: percentOf(limits.riskPerTrade), most: percentOf(most.riskPerTrade) };
    case 'dayLoss':
      return { now: percentOf(limits.dayLoss), most: percentOf(most.dayLoss) };
    case 'candles':
      return { now: String(limits.maxBars), most: String(most.maxBars) };
  }
}
