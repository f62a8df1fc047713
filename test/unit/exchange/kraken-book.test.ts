import { describe, expect, it } from 'vitest';
import { createVenue, venueOptionsSchema } from '#test/exchange/core/venue.ts';
import { createBookView } from '#test/exchange/kraken/book-view.ts';
import { krakenRules, pairOf } from '#test/exchange/kraken/pairs.ts';
import { followBook, parseBookMessage } from './book-follower.ts';

describe("kraken's book as a subscriber sees it", () => {
  // Ten levels are fewer than the market has, so that levels are pushed out of view and come back.
  it.each([10, 25])('at a depth of %i its checksums hold after every message, and hardly ever without it', (depth) => {
    const venue = createVenue(venueOptionsSchema.parse({ venue: 'kraken', seed: 4 }), krakenRules);
    const view = createBookView(venue, pairOf('XBTUSD'), depth);
    const subscriber = followBook(depth);
    expect(subscriber.take(parseBookMessage(JSON.stringify(view.snapshot())))?.holds).toBe(true);
    let missed = 0;
    let updates = 0;
    for (let step = 0; step < 3000; step++) {
      venue.maker.step();
      const update = view.update();
      if (update === undefined) continue;
      const verdict = subscriber.take(parseBookMessage(JSON.stringify(update)));
      expect(verdict?.holds).toBe(true);
      updates += 1;
      if (verdict?.heldWithout === false) missed += 1;
    }
    expect(updates).toBeGreaterThan(2500);
    expect(missed / updates).toBeGreaterThan(0.9);
  });
});
