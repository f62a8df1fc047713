import { describe, expect, it } from 'vitest';
import { itemMark } from '#core/news/types.ts';
import type { NewsStore } from '#core/ports/news-store.ts';
import { storedNews } from '#host/news/market-news.ts';
import { NOON, newsItem, wire } from '#test/support/news-builders.ts';

const stored = newsItem('Bitcoin rallies');

/** A store of one item that counts how often each part of it is looked at. */
function countingStore() {
  const looks = { sources: 0, fearGreed: 0, counts: 0, known: 0 };
  const store = {
    sources: () => {
      looks.sources += 1;
      return [wire];
    },
    fearGreed: () => {
      looks.fearGreed += 1;
      return [];
    },
    counts: () => {
      looks.counts += 1;
      return { items: 1, quarantined: 0, undated: 0 };
    },
    known: () => {
      looks.known += 1;
      return [stored];
    },
  } as unknown as NewsStore;
  return { store, looks };
}

describe('the gathered news', () => {
  it('are gone through once for a reading and the items that it counts', () => {
    const { store, looks } = countingStore();
    const { reading, items } = storedNews(store, 'BTC').traced(NOON);
    expect(looks).toEqual({ sources: 1, fearGreed: 1, counts: 1, known: 1 });
    expect(reading.items).toBe(1);
    expect(items).toEqual([itemMark(stored.item.id)]);
  });

  it('are not read again for the next moment while nothing came in, and give what a plain reading gives', () => {
    const { store, looks } = countingStore();
    const news = storedNews(store, 'BTC');
    expect(news.traced(NOON).reading).toEqual(news.at(NOON));
    expect(looks.known).toBe(1);
  });
});
