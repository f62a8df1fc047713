import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { errorCode } from '#adapters/files/error-code.ts';
import type { VenueConditions } from '#core/backtest/portfolio/conditions.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { unixMs } from '#core/domain/ids.ts';
import { asset, price } from '#core/domain/money.ts';
import type { FeeSchedule } from '#core/execution/fees.ts';
import { Fault } from '#core/kernel/fault.ts';

/* What a venue was like, as a file of JSON. docs/terminal.md tells what each field means. */

const decimalOf = (what: string) => z.string().regex(/^\d{1,18}(\.\d{1,18})?$/, `not ${what}, written as text`);
const amount = () => decimalOf('a plain decimal such as "0.01"');
const step = () => amount().refine((text) => /[1-9]/.test(text), 'must be above zero');
const moment = () =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'not a moment such as 2019-09-01T00:00:00Z')
    .refine((text) => Number.isFinite(Date.parse(text)), 'not a moment that exists');
const share = () => z.number().min(0).max(1);
const bounds = (most: number) =>
  z
    .tuple([z.int().min(0), z.int().min(0).max(most)])
    .refine(([least, greatest]) => least <= greatest, 'the least is more than the most');
const code = () => z.string().regex(/^[A-Z0-9]{1,20}$/, 'not an asset code');

const DAY_MS = 86_400_000;
const rates = { makerBps: amount(), takerBps: amount() };
const level = z.tuple([step(), step()]);

const conditions = {
  fees: z
    .strictObject({
      ...rates,
      buy: z.strictObject(rates).optional(),
      sell: z.strictObject(rates).optional(),
      tiers: z
        .array(z.strictObject({ fromTurnover: amount(), ...rates }))
        .max(50)
        .optional(),
      paidIn: z
        .union([z.enum(['quote', 'base', 'received']), z.strictObject({ asset: code(), price: step() })])
        .default('quote'),
      scale: z.int().min(0).max(18).optional(),
    })
    .optional(),
  limits: z
    .array(
      z.strictObject({
        from: moment(),
        tickSize: step(),
        lotSize: step(),
        minQuantity: step(),
        minNotional: amount(),
      }),
    )
    .max(1000)
    .optional(),
  faults: z
    .strictObject({
      rejects: share().optional(),
      lateCancels: share().optional(),
      repeats: share().optional(),
      latencyMs: bounds(DAY_MS).optional(),
      outages: z.strictObject({ everyMs: z.int().min(1000), lastsMs: bounds(30 * DAY_MS) }).optional(),
    })
    .optional(),
  books: z
    .array(
      z.strictObject({ at: moment(), bids: z.array(level).min(1).max(5000), asks: z.array(level).min(1).max(5000) }),
    )
    .max(100_000)
    .optional(),
  halfSpreadBps: amount().optional(),
  participation: share().gt(0).optional(),
  impact: z.number().min(0).lt(1).optional(),
};
const conditionsSchema = z.strictObject(conditions);

/** Conditions of every market, and of single ones by their symbol, whose fields take the place of the others. */
export const venueFile = z.strictObject({
  $schema: z.string().optional(),
  ...conditions,
  markets: z.record(z.string().max(41), conditionsSchema).optional(),
});
type Written = z.infer<typeof conditionsSchema>;

/** Beyond this a file of conditions is a mistake. */
const MOST_BYTES = 64 * 1024 * 1024;

function textOf(path: string): string {
  try {
    if (statSync(path).size > MOST_BYTES)
      throw new Fault('bad_data', `${path} is larger than 64 MiB`, 'Name a smaller file.');
    return readFileSync(path, 'utf8');
  } catch (error) {
    const reason = errorCode(error);
    if (error instanceof Fault || reason === undefined) throw error;
    throw new Fault('not_found', `${path} cannot be read (${reason})`, 'Name a file of JSON that you may read.');
  }
}

/** Reads a file of conditions. Throws a Fault that names the file, the field and the remedy. */
export function readVenueFile(path: string): z.infer<typeof venueFile> {
  const refuse = (why: string): Fault =>
    new Fault('bad_data', `${path}: ${why}`, 'docs/terminal.md tells what a venue file holds.');
  let data: unknown;
  try {
    data = JSON.parse(textOf(path));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw refuse('it is not JSON');
  }
  const parsed = venueFile.safeParse(data);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refuse(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not as expected'}`);
}

const present = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

type RatesText = { readonly makerBps: string; readonly takerBps: string };
const ratesOf = ({ makerBps, takerBps }: RatesText) => ({
  makerBps: parseDecimal(makerBps),
  takerBps: parseDecimal(takerBps),
});

function feesOf(written: NonNullable<Written['fees']>): FeeSchedule {
  const { buy, sell, tiers, paidIn, scale } = written;
  const sides = present({
    buy: buy === undefined ? undefined : ratesOf(buy),
    sell: sell === undefined ? undefined : ratesOf(sell),
  });
  return {
    ...ratesOf(written),
    ...(Object.keys(sides).length === 0 ? {} : { sides }),
    ...(tiers === undefined
      ? {}
      : { tiers: tiers.map((tier) => ({ ...ratesOf(tier), fromTurnover: parseDecimal(tier.fromTurnover) })) }),
    paidIn: typeof paidIn === 'object' ? { asset: asset(paidIn.asset), price: price(paidIn.price) } : paidIn,
    ...(scale === undefined ? {} : { scale }),
  };
}

const momentOf = (text: string) => unixMs(Date.parse(text));
const levelsOf = (levels: readonly (readonly [string, string])[]) =>
  levels.map(([at, size]) => [parseDecimal(at), parseDecimal(size)] as const);

/** The conditions of one market. */
export function conditionsOf(file: z.infer<typeof venueFile>, symbol: string | undefined): VenueConditions {
  const { markets, $schema: _, ...all } = file;
  const own: Written = { ...all, ...present(symbol === undefined ? {} : (markets?.[symbol] ?? {})) };
  return present({
    fees: own.fees === undefined ? undefined : feesOf(own.fees),
    limitsHistory: own.limits?.map(({ from, tickSize, lotSize, minQuantity, minNotional }) => ({
      validFrom: momentOf(from),
      tickSize: parseDecimal(tickSize),
      lotSize: parseDecimal(lotSize),
      minQuantity: parseDecimal(minQuantity),
      minNotional: parseDecimal(minNotional),
    })),
    faults: own.faults === undefined ? undefined : present(own.faults),
    books: own.books?.map(({ at, bids, asks }) => ({
      at: momentOf(at),
      book: { bids: levelsOf(bids), asks: levelsOf(asks) },
    })),
    halfSpreadBps: own.halfSpreadBps === undefined ? undefined : parseDecimal(own.halfSpreadBps),
    participation: own.participation,
    impact: own.impact,
  });
}

/** Throws Fault('usage') when the file speaks of a market that the run does not trade: a misspelt name would change nothing, silently. */
export function refuseUnknownMarkets(file: z.infer<typeof venueFile>, symbols: readonly string[], path: string): void {
  const unknown = Object.keys(file.markets ?? {}).find((symbol) => !symbols.includes(symbol));
  if (unknown !== undefined)
    throw new Fault(
      'usage',
      `${path} has conditions of ${unknown}, which this run does not trade`,
      symbols.length === 0 ? 'Name the instrument of the candles.' : `It trades ${symbols.join(', ')}.`,
    );
}
