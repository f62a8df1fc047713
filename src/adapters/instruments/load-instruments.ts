import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { formatDecimal, parseDecimal } from '#core/domain/decimal.ts';
import { type InstrumentId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import { asset } from '#core/domain/money.ts';
import { Fault } from '#core/kernel/fault.ts';
import { utcText } from '#core/kernel/utc-text.ts';

/** Positive decimal text, at most 18 decimals, as venues publish it. */
const step = z
  .string()
  .regex(/^\d{1,18}(\.\d{1,18})?$/, 'not a plain decimal such as 0.01')
  .refine((text) => /[1-9]/.test(text), 'must be above zero');

const code = z.string().regex(/^[A-Z0-9]{1,20}$/, 'not an asset or venue code');

/** A moment in UTC to the second. Dates that do not exist, such as 30 February, do not come back as they were written. */
const moment = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'not a moment such as 2019-09-01T00:00:00Z')
  .refine((text) => {
    const parsed = Date.parse(text);
    return Number.isFinite(parsed) && utcText(unixMs(parsed)) === text;
  }, 'not a moment that exists');

/** One instrument as the file writes it; `resources/instruments/instruments.schema.json` is made of this. */
const instrumentEntry = z.strictObject({
  base: code,
  quote: code,
  tickSize: step.describe('Smallest price step, in the quote asset'),
  lotSize: step.describe('Smallest quantity step, in the base asset'),
  minQuantity: step.describe('Smallest quantity of an order, in the base asset'),
  minNotional: step.describe('Smallest price x quantity of an order, in the quote asset'),
  quoteScale: z.int().min(0).max(18).describe('Decimals that the venue keeps of the quote asset'),
  listedFrom: moment.optional().describe('First moment at which it could be traded'),
  listedUntil: moment
    .optional()
    .describe('First moment at which it could be traded no more; a delisted one stays here'),
});

export const instrumentsFile = z.strictObject({
  $schema: z.string().optional(),
  venue: code,
  instruments: z.array(instrumentEntry).min(1),
});

/** Reads the rules of a venue's instruments. Throws a Fault that names the file, the field and the remedy. */
export function loadInstruments(path: string): readonly Instrument[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Fault('not_found', `The instruments file ${path} cannot be read.`, 'Install the program again.');
  }
  return parseInstruments(text, basename(path));
}

export function parseInstruments(text: string, name: string): readonly Instrument[] {
  const refuse = (why: string): Fault =>
    new Fault(
      'bad_data',
      `${name}: ${why}.`,
      'Correct the file by instruments.schema.json, or install the program again.',
    );
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  const parsed = instrumentsFile.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw refuse(`${issue?.path.join('.') || 'the file'}: ${issue?.message ?? 'not as expected'}`);
  }
  const instruments = parsed.data.instruments.map((entry) => toInstrument(entry, parsed.data.venue));
  const twin = instruments.find((one, index) => instruments.findIndex((other) => other.id === one.id) !== index);
  if (twin !== undefined) throw refuse(`${twin.symbol} stands twice`);
  const never = instruments.find(({ listedFrom = -Infinity, listedUntil = Infinity }) => listedFrom >= listedUntil);
  if (never !== undefined) throw refuse(`${never.symbol} is taken off before it is listed`);
  return instruments;
}

/** The other direction, checked by the same schema: what is written here can be read again. All instruments must be of one venue. */
export function formatInstruments(instruments: readonly Instrument[]): string {
  const venues = new Set(instruments.map(({ venue }) => venue));
  if (venues.size !== 1) throw new RangeError('a file holds the instruments of exactly one venue');
  const data = instrumentsFile.parse({
    $schema: './instruments.schema.json',
    venue: [...venues][0],
    instruments: instruments.map((one) => ({
      base: one.base,
      quote: one.quote,
      tickSize: formatDecimal(one.tickSize),
      lotSize: formatDecimal(one.lotSize),
      minQuantity: formatDecimal(one.minQuantity),
      minNotional: formatDecimal(one.minNotional),
      quoteScale: one.quoteScale,
      ...(one.listedFrom === undefined ? {} : { listedFrom: utcText(one.listedFrom) }),
      ...(one.listedUntil === undefined ? {} : { listedUntil: utcText(one.listedUntil) }),
    })),
  });
  return `${JSON.stringify(data, null, 2)}\n`;
}

function toInstrument(entry: z.infer<typeof instrumentEntry>, venue: string): Instrument {
  const symbol = `${entry.base}/${entry.quote}`;
  return {
    id: `${symbol}.${venue}` as InstrumentId,
    symbol,
    venue,
    base: asset(entry.base),
    quote: asset(entry.quote),
    tickSize: parseDecimal(entry.tickSize),
    lotSize: parseDecimal(entry.lotSize),
    minQuantity: parseDecimal(entry.minQuantity),
    minNotional: parseDecimal(entry.minNotional),
    quoteScale: entry.quoteScale,
    ...(entry.listedFrom === undefined ? {} : { listedFrom: momentOf(entry.listedFrom) }),
    ...(entry.listedUntil === undefined ? {} : { listedUntil: momentOf(entry.listedUntil) }),
  };
}

const momentOf = (text: string): UnixMs => unixMs(Date.parse(text));

/**
 * The rules for a symbol such as `BTC/USDT`, also for a run on a file. They are always the venue's published ones: rules guessed from
 * the rows of a file would depend on rows after the moment of the decision. Throws Fault('not_found') that lists the known symbols.
 */
export function instrumentFor(symbol: string, instruments: readonly Instrument[]): Instrument {
  const found = instruments.find((instrument) => instrument.symbol === symbol);
  if (found !== undefined) return found;
  const known = instruments.map((instrument) => instrument.symbol).join(', ');
  throw new Fault('not_found', `${symbol} is not a known instrument.`, `Choose one of ${known}.`);
}
