import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '#adapters/files/error-code.ts';
import type { WholeResult } from '#core/backtest/portfolio/as-backtest.ts';
import type { MarketResult } from '#core/backtest/portfolio/types.ts';
import type { BacktestResult } from '#core/backtest/types.ts';
import { type Decimal, decimal, formatDecimal, multiply, parseDecimal } from '#core/domain/decimal.ts';
import { Fault } from '#core/kernel/fault.ts';

export const FILLS_CSV_HEADER = 'timestamp,order,side,price,quantity,fee,liquidity';

/** Rows that are written at once. */
const BLOCK = 20_000;

/** Turns what the system says about an output file into a Fault that names it. */
export function unwritable(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof Fault || code === undefined) return error;
  const why =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? `its folder ${dirname(path)} does not exist`
      : code === 'EISDIR'
        ? 'it is a folder'
        : code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
          ? 'you may not write there'
          : code === 'ENOSPC' || code === 'EDQUOT'
            ? 'the disk is full'
            : code;
  return new Fault('storage', `${path} cannot be written: ${why}`, 'Name a file in a folder that you can write to.');
}

type WithFills = Pick<BacktestResult, 'fills' | 'tickSize' | 'lotSize'>;

/** Of several markets, in the order of time. */
function fillRowsOfAll(markets: readonly MarketResult[]): readonly string[] {
  return markets
    .flatMap((market) =>
      Array.from(fillRows(market), (row, i) => ({
        at: market.fills.time[i] as number,
        row: `${row},${market.instrumentId}`,
      })),
    )
    .sort((a, b) => a.at - b.at)
    .map(({ row }) => row);
}

/** Every fill, exact. */
export function* fillRows({ fills, tickSize, lotSize }: WithFills): Generator<string> {
  const [tick, lot] = [parseDecimal(tickSize), parseDecimal(lotSize)];
  const text = (count: number, step: Decimal): string => formatDecimal(multiply(decimal(BigInt(count)), step));
  for (let i = 0; i < fills.count; i++)
    yield [
      fills.time[i],
      fills.order[i],
      fills.side[i] === 1 ? 'buy' : 'sell',
      text(fills.priceTicks[i] as number, tick),
      text(fills.lots[i] as number, lot),
      fills.fee[i],
      fills.taker[i] === 1 ? 'taker' : 'maker',
    ].join(',');
}

/**
 * A file for the fills of one run: opened before the run so that a wrong path is known at once, under a name of its own until it is
 * whole. Throws a Fault that names the file. `close` removes what was not finished.
 */
export function openFillsFile(path: string): { write(result: BacktestResult | WholeResult): void; close(): void } {
  const draft = `${path}.${process.pid}.tmp`;
  let file: number | undefined;
  try {
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory())
      throw new Fault('storage', `${path} cannot be written: it is a folder`, 'Name a file, not a folder.');
    file = openSync(draft, 'w', 0o644);
  } catch (error) {
    throw unwritable(path, error);
  }
  const closeFile = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    write(result) {
      try {
        if (file === undefined) throw new Error('the file of fills is closed already');
        const several = 'markets' in result && result.markets.length > 1 ? result.markets : undefined;
        let block = [several === undefined ? FILLS_CSV_HEADER : `${FILLS_CSV_HEADER},instrument`];
        const flush = (): void => {
          if (block.length > 0) writeSync(file as number, `${block.join('\n')}\n`);
          block = [];
        };
        for (const row of several === undefined ? fillRows(result) : fillRowsOfAll(several))
          if (block.push(row) >= BLOCK) flush();
        flush();
        closeFile();
        renameSync(draft, path);
      } catch (error) {
        throw unwritable(path, error);
      }
    },
    close() {
      closeFile();
      rmSync(draft, { force: true });
    },
  };
}
