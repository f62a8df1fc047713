import { z } from 'zod';
import { intervalText, symbolText } from '../contract/primitives.ts';
import { parseMoment } from './moment.ts';

/** How an argument is written and explained. Everything a face needs to offer it is here; nothing is written twice. */
export type ArgInfo = {
  /**
   * `positional` is given by place, `option` as `--flag VALUE`, `repeated` is an option that may be given again, `switch` as `--flag`,
   * `words` takes all that is left.
   */
  readonly kind: 'positional' | 'option' | 'repeated' | 'switch' | 'words';
  /** Placeholder in the help, such as FILE. Switches have none. */
  readonly value?: string;
  readonly summary: string;
  /** What a right value looks like; shown as the remedy of a wrong one. */
  readonly form?: string;
};

/** What is known about an argument beside its type. */
export const argInfo = z.registry<ArgInfo>();

const described = <S extends z.ZodType>(schema: S, info: ArgInfo): S => {
  argInfo.add(schema, info);
  return schema;
};

export const positional = <S extends z.ZodType>(schema: S, value: string, summary: string, form?: string): S =>
  described(schema, { kind: 'positional', value, summary, ...(form === undefined ? {} : { form }) });

export const option = <S extends z.ZodType>(schema: S, value: string, summary: string, form?: string): S =>
  described(schema, { kind: 'option', value, summary, ...(form === undefined ? {} : { form }) });

export const repeated = <S extends z.ZodType>(schema: S, value: string, summary: string, form?: string): S =>
  described(schema, { kind: 'repeated', value, summary, ...(form === undefined ? {} : { form }) });

/** A new schema each time: the registry knows an argument by the identity of its schema. */
export const flag = (summary: string): z.ZodDefault<z.ZodBoolean> =>
  described(z.boolean().default(false), { kind: 'switch', summary });

export const words = (value: string, summary: string): z.ZodDefault<z.ZodArray<z.ZodString>> =>
  described(z.array(z.string()).default([]), { kind: 'words', value, summary });

// The types below take text, as every face collects it, and give what the contract wants.

export const FORM = {
  instrument: 'an instrument is written BASE/QUOTE, for instance BTC/USDT',
  interval: `choose one of ${intervalText.options.join(', ')}`,
  moment: 'write a moment as 2023-10-20T00:00:00Z, as a date alone (00:00 UTC), or in whole milliseconds since 1970',
  seed: 'a seed is a whole number from 0 to 9007199254740991',
  cash: 'write a plain amount above zero, for instance 10000 or 250.50',
  amount: 'write a plain amount above zero, for instance 0.01 or 60000',
  fee: 'write basis points (hundredths of a percent) from 0 to 1000, for instance 10 for 0.1 %',
  port: 'a port is a whole number from 1 to 65535; leave it out to get a free one',
  path: 'give the path of a file',
  seq: 'a record is named by its number, 1 or more',
  text: 'give a text of 1 to 200 characters',
} as const;

export const instrumentArg = () =>
  z
    .string()
    .transform((text) => text.toUpperCase())
    .pipe(symbolText);

/** What is meant where no instrument is named. */
export const usualInstrument = () =>
  positional(instrumentArg().default('BTC/USDT'), 'INSTRUMENT', 'BTC/USDT when left out', FORM.instrument);

export const intervalArg = () => z.enum(intervalText.options, { error: 'is not a known interval' });

export const pathArg = () =>
  z
    .string()
    .min(1, 'names no file')
    .max(4096, 'is too long for a path')
    .refine((text) => !text.includes('\0'), 'names no file');

export const momentArg = () =>
  z.string().transform((text, context) => {
    const moment = parseMoment(text);
    if (moment.kind === 'ok') return moment.ms;
    context.addIssue(moment.why);
    return z.NEVER;
  });

export const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,16}$/, 'is not a whole number of zero or more')
    .transform(Number)
    .pipe(z.number().min(least, `is below ${least}`).max(most, `is above ${most}`));

export const seedArg = () => wholeNumber(0, Number.MAX_SAFE_INTEGER);
export const portArg = () => wholeNumber(1, 65_535);
export const seqArg = () => wholeNumber(1, Number.MAX_SAFE_INTEGER);

const PLAIN_DECIMAL = /^\d{1,15}(\.\d{1,18})?$/;
const plainDecimal = () => z.string().regex(PLAIN_DECIMAL, 'is not a plain number');

export const amountArg = () => plainDecimal().refine((text) => /[1-9]/.test(text), 'must be above zero');

const MOST_FEE_BPS = 1000;
export const feeArg = () =>
  plainDecimal().refine((text) => {
    const [whole = '0', fraction = ''] = text.split('.');
    const bps = Number(whole);
    return bps < MOST_FEE_BPS || (bps === MOST_FEE_BPS && !/[1-9]/.test(fraction));
  }, `is above ${MOST_FEE_BPS}`);

export const reasonArg = () => z.string().trim().min(1, 'is empty').max(200, 'is longer than 200 characters');
