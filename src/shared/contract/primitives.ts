import { z } from 'zod';

/** Exact decimal text, canonical enough to parse: `-12.5`, `0`, never `1e5`. */
export const decimalText = z.string().regex(/^-?\d{1,40}(\.\d{1,60})?$/, 'not a plain decimal');
/** Decimals of an instrument's tick: what its prices are shown with. Null where nobody knows the instrument any more. */
export const priceDecimals = z.int().min(0).max(18).nullable();
export const unixMsNumber = z.int().min(0);
export const hashText = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256');
export const shortText = z.string().max(400);
export const symbolText = z.string().regex(/^[A-Z0-9]{1,20}\/[A-Z0-9]{1,20}$/, 'an instrument looks like BTC/USDT');
export const intervalText = z.enum(['1m', '5m', '15m', '30m', '1h', '4h', '1d']);
export const regimeText = z.enum(['trending_up', 'trending_down', 'ranging', 'volatile', 'breakout', 'illiquid']);
export const environmentText = z.enum(['backtest', 'simulated', 'paper', 'shadow', 'sandbox', 'live']);
export const sideText = z.enum(['buy', 'sell']);
export const purposeText = z.enum(['entry', 'exit', 'stop', 'target', 'flatten']);
export const nothing = z.strictObject({});
