import type { Hash } from '../domain/ids.ts';
import { type Digest, hashOf } from '../kernel/ids.ts';
import type { BacktestSeries } from './types.ts';

/** SHA-256 of bytes in lowercase hex; supplied by the host like `Digest`. */
export type ByteDigest = (bytes: Uint8Array) => Hash;

const COLUMNS = ['openTime', 'open', 'high', 'low', 'close', 'volume'] as const;

const bytesOf = (column: Float64Array): Uint8Array =>
  new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** One hash of all columns, bit by bit (little-endian floats, as on every machine that runs this). A sweep computes it once. */
export const dataHash = (digest: Digest, byteDigest: ByteDigest, series: readonly BacktestSeries[]): Hash =>
  hashOf(
    digest,
    'backtest-data',
    series.map(({ instrumentId, columns }) => ({
      instrumentId,
      interval: columns.interval,
      columns: COLUMNS.map((name) => byteDigest(bytesOf(columns[name]))),
    })),
  );
