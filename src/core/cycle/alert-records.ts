import type { AlertKind } from '../alerts/kinds.ts';
import type { PriceAlert } from '../alerts/price-watch.ts';

/** What the master decided about alerts. What was told lies in a table: it follows from the rest of the journal. */
export type AlertPayloads = {
  /** All kinds that are muted, after the change. */
  'alert.muted': { readonly kinds: readonly AlertKind[] };
  'alert.price_set': PriceAlert;
  'alert.price_removed': { readonly id: string };
  'alert.price_fired': { readonly id: string; readonly price: string };
  /** One that repeats was told, and the price has been back on its other side. */
  'alert.price_armed': { readonly id: string };
};
