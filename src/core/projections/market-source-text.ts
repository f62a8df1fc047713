import type { CycleMarketPayload } from '../cycle/paper-records.ts';

/** Where a cycle's prices came from, in the words of every face. */
export function marketSourceText({ kind, seed, venue, url }: CycleMarketPayload): string {
  switch (kind) {
    case 'generator':
      return `simulated market, seed ${seed ?? 0}`;
    case 'file':
      return 'recorded candles';
    case 'imported':
      return 'imported candles';
    case 'venue':
      return url === undefined
        ? `live prices of ${venue ?? ''}`
        : `prices of a stand-in for ${venue ?? ''} on this machine`;
  }
}
