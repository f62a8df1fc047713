import { fieldAt, textField } from '../parse/fields.ts';

/** One message of a book stream that carries numbers: this one follows `previous`, and `last` is what the next must follow. */
type Numbered = {
  /** What the numbers count: one instrument, or the whole connection. */
  readonly stream: string;
  /** Number that the message before must have ended with; undefined when the message starts anew. */
  readonly previous: number | undefined;
  readonly last: number;
};

const numberAt = (message: unknown, path: readonly string[]): number | undefined => {
  const text = textField(message, path);
  return text !== undefined && /^-?\d{1,16}$/.test(text) ? Number(text) : undefined;
};

const numbered = (
  stream: string | undefined,
  previous: number | undefined,
  last: number | undefined,
): Numbered | undefined => (stream === undefined || last === undefined ? undefined : { stream, previous, last });

/** binance and its sisters: spot chains U to the last u, futures say the last u as pu. */
function binance(message: unknown): Numbered | undefined {
  const event = fieldAt(message, ['data', 'e']) === undefined ? message : fieldAt(message, ['data']);
  if (textField(event, ['e']) !== 'depthUpdate') return undefined;
  const first = numberAt(event, ['U']);
  const stated = numberAt(event, ['pu']);
  return numbered(
    textField(event, ['s']),
    stated ?? (first === undefined ? undefined : first - 1),
    numberAt(event, ['u']),
  );
}

function bybit(message: unknown): Numbered | undefined {
  const topic = textField(message, ['topic']);
  if (topic === undefined || !topic.startsWith('orderbook.')) return undefined;
  const last = numberAt(message, ['data', 'u']);
  const isSnapshot = textField(message, ['type']) === 'snapshot' || last === 1;
  return numbered(topic, isSnapshot || last === undefined ? undefined : last - 1, last);
}

function okx(message: unknown): Numbered | undefined {
  const channel = textField(message, ['arg', 'channel']);
  if (channel === undefined || !channel.startsWith('books')) return undefined;
  const previous = numberAt(message, ['data', '0', 'prevSeqId']);
  return numbered(
    `${channel} ${textField(message, ['arg', 'instId']) ?? ''}`,
    // -1 opens a snapshot.
    previous === -1 || textField(message, ['action']) === 'snapshot' ? undefined : previous,
    numberAt(message, ['data', '0', 'seqId']),
  );
}

function gate(message: unknown): Numbered | undefined {
  if (textField(message, ['channel']) !== 'spot.order_book_update' || textField(message, ['event']) !== 'update')
    return undefined;
  const first = numberAt(message, ['result', 'U']);
  return numbered(
    textField(message, ['result', 's']),
    first === undefined ? undefined : first - 1,
    numberAt(message, ['result', 'u']),
  );
}

function deribit(message: unknown): Numbered | undefined {
  const channel = textField(message, ['params', 'channel']);
  if (channel === undefined || !channel.startsWith('book.')) return undefined;
  return numbered(
    channel,
    numberAt(message, ['params', 'data', 'prev_change_id']),
    numberAt(message, ['params', 'data', 'change_id']),
  );
}

/** coinbase numbers every message of a connection, whatever its channel. */
function coinbase(message: unknown): Numbered | undefined {
  const last = numberAt(message, ['sequence_num']);
  return numbered('connection', last === undefined || last === 0 ? undefined : last - 1, last);
}

/** bitfinex ends each message of a connection with its number where that was asked for. */
function bitfinex(message: unknown): Numbered | undefined {
  if (!Array.isArray(message) || message.length < 3) return undefined;
  const number: unknown = message.at(-1);
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) return undefined;
  return numbered('connection', number === 1 ? undefined : number - 1, number);
}

const READERS: Readonly<Record<string, (message: unknown) => Numbered | undefined>> = {
  binance,
  bitfinex,
  binanceus: binance,
  binanceusdm: binance,
  bybit,
  okx,
  gate,
  deribit,
  coinbase,
};

export type Gap = { readonly stream: string; readonly expected: number; readonly got: number };

export type SequenceCheck = {
  /** Undefined when the message is in order, carries no numbers or is an old one again. */
  read(message: unknown): Gap | undefined;
};

/** Whether the venue numbers its book messages in a way that we can follow. */
export const hasSequence = (exchangeId: string): boolean => Object.hasOwn(READERS, exchangeId);

/**
 * Follows the numbers of one connection's book messages. ccxt checks some venues itself; this looks at the raw messages of all that number
 * them, so that no version of ccxt can lose a gap for us.
 */
export function createSequenceCheck(exchangeId: string): SequenceCheck {
  const read = READERS[exchangeId];
  const last = new Map<string, number>();
  return {
    read(message) {
      const found = read?.(message);
      if (found === undefined) return undefined;
      const before = last.get(found.stream);
      // A repeat of what was seen is no gap: the book ignores it.
      if (before !== undefined && found.previous !== undefined && found.last <= before) return undefined;
      last.set(found.stream, found.last);
      if (before === undefined || found.previous === undefined || found.previous <= before) return undefined;
      return { stream: found.stream, expected: before, got: found.previous };
    },
  };
}
