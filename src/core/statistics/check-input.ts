import { Fault } from '../kernel/fault.ts';
import type { EquityRecord, MarketRecord, TradeRecord } from './types.ts';

const bad = (message: string): Fault =>
  new Fault(
    'bad_data',
    message,
    'The result of this run can not be judged. Report the run as failed and look at its log.',
  );

/** Refuses a record that could only give senseless figures. Throws Fault `bad_data` that names the first offending row. */
export function checkEquity(record: EquityRecord): void {
  const { startEquity, startTime, times, equity, intervalMs } = record;
  if (!(Number.isFinite(startEquity) && startEquity > 0)) throw bad(`starting equity must be positive: ${startEquity}`);
  if (!(Number.isSafeInteger(intervalMs) && intervalMs > 0))
    throw bad(`a candle must last some milliseconds: ${intervalMs}`);
  if (!Number.isSafeInteger(startTime)) throw bad(`the start must be an integer of milliseconds: ${startTime}`);
  if (times.length !== equity.length) throw bad(`${times.length} times but ${equity.length} equity marks`);
  let before = startTime;
  for (let i = 0; i < times.length; i++) {
    const at = times[i] as number;
    if (!Number.isSafeInteger(at)) throw bad(`equity mark ${i} has no time: ${at}`);
    if (at <= before) throw bad(`time goes backwards at equity mark ${i}: ${at} after ${before}`);
    if (!Number.isFinite(equity[i])) throw bad(`equity mark ${i} is not a number: ${equity[i]}`);
    before = at;
  }
}

/** Throws Fault `bad_data` that names the first trade which is not one. */
export function checkTrades(trades: readonly TradeRecord[]): void {
  for (const [i, trade] of trades.entries()) {
    if (!(Number.isSafeInteger(trade.entryTime) && Number.isSafeInteger(trade.exitTime)))
      throw bad(`trade ${i} has no times: ${trade.entryTime}, ${trade.exitTime}`);
    if (trade.exitTime < trade.entryTime) throw bad(`trade ${i} ends before it begins`);
    for (const name of ['quantity', 'entryPrice', 'exitPrice'] as const) {
      if (!(Number.isFinite(trade[name]) && trade[name] > 0))
        throw bad(`trade ${i}: ${name} must be positive: ${trade[name]}`);
    }
    for (const name of ['fees', 'netPnl', 'slippage', 'carry'] as const) {
      if (trade[name] !== undefined && !Number.isFinite(trade[name]))
        throw bad(`trade ${i}: ${name} is not a number: ${trade[name]}`);
    }
    if (trade.riskTaken !== undefined && !(Number.isFinite(trade.riskTaken) && trade.riskTaken > 0))
      throw bad(`trade ${i}: riskTaken must be positive: ${trade.riskTaken}`);
  }
}

/** Throws Fault `bad_data` when the market doesn't lie under the equity or holds something that is not a price. */
export function checkMarket(market: MarketRecord, length: number): void {
  for (const name of ['open', 'close'] as const) {
    const column = market[name];
    if (column.length !== length) throw bad(`${length} equity marks but ${column.length} prices (${name})`);
    const index = column.findIndex((price) => !(price > 0 && price < Number.POSITIVE_INFINITY));
    if (index >= 0) throw bad(`${name} of candle ${index} is not a price: ${column[index]}`);
  }
}
