/** Where a cycle's orders go: into a simulation of candles, of a venue's live prices, or there and beside the venue's book. */
export type CycleEnvironment = 'simulated' | 'paper' | 'shadow';
