/** Where candles come from; shown wherever they are shown, so that nothing made up is ever unlabelled. */
export type MarketSource =
  | { readonly kind: 'generator'; readonly seed: number }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'imported' }
  /** Live prices of a venue. */
  | { readonly kind: 'venue'; readonly venue: string };
