import type { Option } from '../../components/select.tsx';

/** The intervals of the contract, as the select shows them. */
export const INTERVAL_OPTIONS: readonly Option[] = ['1m', '5m', '15m', '30m', '1h', '4h', '1d'].map((value) => ({
  value,
  label: value,
}));
