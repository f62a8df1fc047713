import type { Option } from '../../components/select.tsx';

/** The intervals of the contract, shortest first. */
export const INTERVALS = ['1m', '5m', '15m', '30m', '1h', '4h', '1d'] as const;

/** The same as the select shows them. */
export const INTERVAL_OPTIONS: readonly Option[] = INTERVALS.map((value) => ({ value, label: value }));
