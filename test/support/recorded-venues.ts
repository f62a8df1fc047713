import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { orderBookFile, recordingFile } from './shared-material.ts';

/** A venue's recorded stream and how a builder of ccxt is made ready for it. */
export type RecordedVenue = {
  readonly name: string;
  /** ccxt's id; absent when this version has no builder for what was recorded, and why. */
  readonly id?: string;
  readonly why?: string;
  readonly streams: readonly string[];
  readonly snapshots?: string;
  /** Address of the connection, by which some builders tell markets apart. */
  readonly url?: string;
  /** Stream and key of the book that a message changes; undefined for everything else. */
  readonly bookOf: (message: never) => string | undefined;
  /** Whether its book messages carry numbers, so that a lost one can be seen at all. */
  readonly numbered: boolean;
  /** The builder wants these books to exist before the first message. */
  readonly prepared?: boolean;
};

type Depth = { readonly data?: { readonly e?: string; readonly s?: string } };
const depth = (message: Depth): string | undefined => (message.data?.e === 'depthUpdate' ? message.data.s : undefined);

export const RECORDED: readonly RecordedVenue[] = [
  {
    name: 'BINANCE',
    id: 'binance',
    streams: ['BINANCE.ws.1.0.txt.gz'],
    snapshots: 'BINANCE.http.0.0.txt.gz',
    url: 'wss://stream.binance.com/stream',
    bookOf: depth,
    numbered: true,
    prepared: true,
  },
  {
    name: 'BINANCE_FUTURES',
    id: 'binanceusdm',
    streams: ['BINANCE_FUTURES.ws.1.0.txt.gz'],
    snapshots: 'BINANCE_FUTURES.http.0.0.txt.gz',
    url: 'wss://fstream.binance.com/ws',
    bookOf: depth,
    numbered: true,
    prepared: true,
  },
  {
    name: 'BINANCE_US',
    id: 'binanceus',
    streams: ['BINANCE_US.ws.1.0.txt.gz'],
    snapshots: 'BINANCE_US.http.0.0.txt.gz',
    url: 'wss://stream.binance.us/stream',
    bookOf: depth,
    numbered: true,
    prepared: true,
  },
  {
    name: 'BITFINEX',
    id: 'bitfinex',
    streams: ['BITFINEX.ws.11.0.txt.gz'],
    bookOf: (message: unknown) => (Array.isArray(message) ? 'connection' : undefined),
    numbered: true,
  },
  {
    name: 'BITMEX',
    why: 'this ccxt has no exchange of that name any more',
    streams: ['BITMEX.ws.1.0.txt.gz'],
    bookOf: () => undefined,
    numbered: false,
  },
  {
    name: 'BITSTAMP',
    id: 'bitstamp',
    streams: ['BITSTAMP.ws.1.0.txt.gz'],
    snapshots: 'BITSTAMP.http.0.0.txt.gz',
    bookOf: ({ channel, event }: { channel?: string; event?: string }) =>
      event === 'data' && channel?.startsWith('diff_order_book_') === true ? channel : undefined,
    numbered: false,
    prepared: true,
  },
  {
    // The stream of 2021 has a form that the venue gave up; a recording of the present one lies beside the order books.
    name: 'BYBIT',
    id: 'bybit',
    streams: [orderBookFile('bybit-XRPUSDT-orderbook500-2024-12-01.jsonl.gz')],
    url: 'wss://stream.bybit.com/v5/public/spot',
    bookOf: ({ topic }: { topic?: string }) => (topic?.startsWith('orderbook.') === true ? topic : undefined),
    numbered: true,
  },
  {
    name: 'COINBASE',
    id: 'coinbaseexchange',
    streams: ['COINBASE.ws.28.0.txt.gz'],
    bookOf: ({ type, product_id }: { type?: string; product_id?: string }) =>
      type === 'l2update' || type === 'snapshot' ? product_id : undefined,
    numbered: false,
  },
  {
    name: 'DERIBIT',
    id: 'deribit',
    streams: ['DERIBIT.ws.1.0.txt.gz'],
    bookOf: ({ params }: { params?: { channel?: string } }) =>
      params?.channel?.startsWith('book.') === true ? params.channel : undefined,
    numbered: true,
  },
  {
    name: 'GATEIO',
    id: 'gate',
    streams: ['GATEIO.ws.1.0.txt.gz'],
    snapshots: 'GATEIO.http.0.0.txt.gz',
    bookOf: ({ channel, event, result }: { channel?: string; event?: string; result?: { s?: string } }) =>
      channel === 'spot.order_book_update' && event === 'update' ? result?.s : undefined,
    numbered: true,
    prepared: true,
  },
  {
    name: 'GEMINI',
    id: 'gemini',
    streams: ['GEMINI.ws.1.0.txt.gz'],
    bookOf: ({ type, symbol }: { type?: string; symbol?: string }) => (type === 'l2_updates' ? symbol : undefined),
    numbered: false,
  },
  {
    name: 'KRAKEN',
    why: "the recording speaks the venue's first protocol, ccxt its second",
    streams: ['KRAKEN.ws.50.0.txt.gz'],
    bookOf: () => undefined,
    numbered: false,
  },
  {
    name: 'OKX',
    id: 'okx',
    streams: ['OKX.ws.1.0.txt.gz'],
    bookOf: ({ arg, action }: { arg?: { channel?: string; instId?: string }; action?: string }) =>
      action !== undefined && arg?.channel?.startsWith('books') === true ? arg.instId : undefined,
    // The messages of 2022 have no numbers yet.
    numbered: false,
  },
];

const linesOf = (path: string): readonly string[] => gunzipSync(readFileSync(path)).toString('utf8').split('\n');

/** Messages of a recording in order, as ccxt's socket would parse them. */
export function recordedMessages({ streams }: RecordedVenue): readonly unknown[] {
  return streams.flatMap((stream) =>
    linesOf(stream.startsWith('/') ? stream : recordingFile(stream)).flatMap((line) => {
      const json = line.startsWith('{"topic"') ? line : /^[\d.]+: (.*)$/.exec(line)?.[1];
      return json === undefined || !/^[[{]/.test(json) ? [] : [JSON.parse(json) as unknown];
    }),
  );
}

/** Recorded answers to requests for whole books, by the last part of their address or by its symbol. */
export function recordedSnapshots({ snapshots }: RecordedVenue): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  if (snapshots === undefined) return found;
  for (const line of linesOf(recordingFile(snapshots))) {
    const match = /^(\S+) -> [\d.]+: (.*)$/.exec(line);
    if (match === null) continue;
    const [, address = '', json = ''] = match;
    const url = new URL(address);
    const key =
      url.searchParams.get('symbol') ?? url.searchParams.get('currency_pair') ?? url.pathname.split('/').at(-1);
    found.set(key ?? '', JSON.parse(json));
  }
  return found;
}
