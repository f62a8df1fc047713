import { z } from 'zod';
import type { LabAxis } from '../contract/lab.ts';
import { intervalText, symbolText } from '../contract/primitives.ts';

/** A plain number: digits with a point; minus allowed, exponents not. */
const NUMBER = /^-?\d{1,15}(\.\d{1,15})?$/;
const NAME = /^[A-Za-z][A-Za-z0-9]{0,59}$/;

const splitAt = (text: string, mark: string): readonly [string, string | undefined] => {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
};

const numberOf = (text: string): number | undefined => (NUMBER.test(text) ? Number(text) : undefined);

/** `fast=20 slow=50` as a record. */
export const paramsArg = () =>
  z
    .array(z.string())
    .default([])
    .transform((pairs, context) => {
      const params: Record<string, number> = {};
      for (const pair of pairs) {
        const [name, text = ''] = splitAt(pair, '=');
        const value = numberOf(text);
        const why = !NAME.test(name)
          ? 'names no parameter'
          : value === undefined
            ? `${name} is given ${JSON.stringify(text)}, which is not a plain number`
            : Object.hasOwn(params, name)
              ? `${name} is given twice`
              : undefined;
        if (why !== undefined) context.addIssue(why);
        else params[name] = value as number;
      }
      return params;
    });

function axisOf(text: string): LabAxis | string {
  const [name, span = ''] = splitAt(text, '=');
  if (!NAME.test(name)) return 'names no parameter';
  if (span.includes('..')) {
    const [ends, stepText] = splitAt(span, ':');
    const [fromText, toText = ''] = splitAt(ends, '..');
    const [from, to] = [numberOf(fromText), numberOf(toText)];
    if (from === undefined || to === undefined) return `${name}: ${JSON.stringify(ends)} is no span of numbers`;
    if (stepText === undefined) return { name, from, to };
    const step = numberOf(stepText);
    return step === undefined || step <= 0
      ? `${name}: the step ${JSON.stringify(stepText)} is not above zero`
      : { name, from, to, step };
  }
  const values = span.split(',').map(numberOf);
  return values.some((value) => value === undefined)
    ? `${name}: ${JSON.stringify(span)} is neither a span nor a list of numbers`
    : { name, values: values as number[] };
}

/** `fast=5..50:5` and `slow=50,100,200` as axes. */
export const spaceArg = () =>
  z
    .array(z.string())
    .default([])
    .transform((texts, context) =>
      texts.flatMap((text): LabAxis[] => {
        const axis = axisOf(text);
        if (typeof axis !== 'string') return [axis];
        context.addIssue(axis);
        return [];
      }),
    );

const intervalOf = (text: string) => intervalText.safeParse(text).data;

/** `1m` or `FILE@1m`. */
export const detailArg = () =>
  z.string().transform((text, context) => {
    const at = text.lastIndexOf('@');
    const [path, name] = at < 0 ? [undefined, text] : [text.slice(0, at), text.slice(at + 1)];
    const interval = intervalOf(name);
    if (interval !== undefined && path !== '') return { ...(path === undefined ? {} : { path }), interval };
    context.addIssue(interval === undefined ? `${JSON.stringify(name)} is no interval` : 'names no file before the @');
    return z.NEVER;
  });

type Also = { readonly instrument: string; readonly path?: string; readonly interval?: z.infer<typeof intervalText> };

function alsoOf(text: string): Also | string {
  const [name, rest] = splitAt(text, '=');
  const where = rest ?? name;
  const at = where.lastIndexOf('@');
  const interval = at < 0 ? undefined : intervalOf(where.slice(at + 1));
  if (at >= 0 && interval === undefined) return `${JSON.stringify(where.slice(at + 1))} is no interval`;
  const before = at < 0 ? where : where.slice(0, at);
  const instrument = symbolText.safeParse((rest === undefined ? before : name).toUpperCase());
  if (!instrument.success) return `${JSON.stringify(text)} names no instrument`;
  if (rest !== undefined && before === '') return `${instrument.data} names no file after the =`;
  return {
    instrument: instrument.data,
    ...(rest === undefined ? {} : { path: before }),
    ...(interval === undefined ? {} : { interval }),
  };
}

/** `ETH/USDT=eth.csv@1h`, `ETH/USDT=eth.csv`, `ETH/USDT@4h` and `ETH/USDT`. */
export const alsoArg = () =>
  z
    .array(z.string())
    .default([])
    .transform((texts, context) =>
      texts.flatMap((text): Also[] => {
        const market = alsoOf(text);
        if (typeof market !== 'string') return [market];
        context.addIssue(market);
        return [];
      }),
    );

export const labIdArg = () => z.string().regex(/^[BSW]-[0-9a-f]{12}$/, 'is not the id of a run or study');

const plainNumber = (least: number, most: number) =>
  z
    .string()
    .regex(NUMBER, 'is not a plain number')
    .transform(Number)
    .pipe(z.number().min(least, `is below ${least}`).max(most, `is above ${most}`));

export const shareArg = () => plainNumber(0, 0.5);

export const countArg = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `is below ${least}`).max(most, `is above ${most}`));

export const LAB_FORM = {
  strategy: 'a family that mt strategies ls names, such as scalping or sma-cross',
  param: 'write NAME=NUMBER, once for each parameter, for instance --param fast=20 --param slow=50',
  detail: 'write an interval such as 1m, with the file before it where the candles come from a file: eth-1m.csv@1m',
  also: 'write BASE/QUOTE, with =FILE where the candles come from a file and @INTERVAL where it differs, once for each market',
  space: 'write NAME=FROM..TO, NAME=FROM..TO:STEP or NAME=A,B,C, once for each parameter',
  id: 'take an id from mt lab list',
  share: 'a share from 0 to 0.5, for instance 0.2',
  limits: 'choose none or default',
  costs: 'choose fee-only or default',
  count: 'write a whole number',
  method: 'choose grid, random or adaptive',
  objective: 'choose sharpe, sortino, calmar or return',
  kind: 'choose anchored or rolling',
} as const;
