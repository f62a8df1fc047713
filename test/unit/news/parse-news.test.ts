import { describe, expect, it } from 'vitest';
import { parseNewsDate } from '#adapters/feed-news/parse-date.ts';
import { parseNews } from '#adapters/feed-news/parse-news.ts';
import { FEED_BOUNDS, type ParsedNews } from '#adapters/feed-news/types.ts';
import * as fc from '../../support/seeded-check.ts';

const read = (text: string): ParsedNews => parseNews(text, FEED_BOUNDS);
const rss = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>w</title><link>http://w/</link><description>d</description><language>en</language>${items}</channel></rss>`;
const PUBLISHED = Date.UTC(2024, 0, 1, 9, 30);

describe('a source', () => {
  const SAME: readonly (readonly [string, string])[] = [
    [
      'rss',
      rss(
        '<item><title>Bitcoin &lt;b&gt;up&lt;/b&gt;</title><description><![CDATA[<p>Text <i hidden>not</i></p>]]></description><link>https://w.example/1</link><guid>g1</guid><pubDate>Mon, 01 Jan 2024 10:30:00 +0100</pubDate></item>',
      ),
    ],
    [
      'atom',
      '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>t</title><id>i</id><updated>2024-01-02T00:00:00Z</updated><entry xml:lang="en"><id>g1</id><title type="html">Bitcoin &lt;b&gt;up&lt;/b&gt;</title><summary>Text</summary><published>2024-01-01T09:30:00Z</published><updated>2024-01-02T00:00:00Z</updated><link href="https://w.example/1"/></entry></feed>',
    ],
    [
      'json feed',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'j',
        language: 'en',
        items: [
          {
            id: 'g1',
            url: 'https://w.example/1',
            title: 'Bitcoin up',
            content_html: '<p>Text</p>',
            date_published: '2024-01-01T09:30:00Z',
          },
        ],
      }),
    ],
    [
      'posts json',
      JSON.stringify({
        count: 1,
        results: [
          {
            id: 'g1',
            title: 'Bitcoin up',
            description: 'Text',
            published_at: '2024-01-01T09:30:00+00:00',
            url: 'https://w.example/1',
            language: 'en',
          },
        ],
      }),
    ],
    [
      'csv',
      '\ufeffid,published_at,title,text,url,language\r\ng1,1704101400000,Bitcoin up,Text,https://w.example/1,en\r\n',
    ],
  ];
  it.each(SAME)('in %s gives its item', (format, text) => {
    const parsed = read(text);
    if (parsed.kind !== 'items') throw new Error(JSON.stringify(parsed));
    expect(parsed.format).toBe(format);
    const [item] = parsed.items;
    expect(item).toMatchObject({
      externalId: 'g1',
      title: 'Bitcoin up',
      url: 'https://w.example/1',
      publishedAt: PUBLISHED,
      language: 'en',
    });
    expect(item?.body.trim()).toBe('Text');
    expect(parsed.faults).toEqual([]);
  });

  const FAULTS: readonly (readonly [string, string, RegExp])[] = [
    ['a web page', '<!DOCTYPE html><html><body>Bitcoin up</body></html>', /HTML page/],
    ['a feed that breaks off', rss('<item><title>Bitcoin up').slice(0, -30), /broken/],
    [
      'a feed with entities of its own',
      `<!DOCTYPE x [<!ENTITY a "b">]>${rss('<item><title>&a;</title></item>')}`,
      /entities/,
    ],
    ['a tower of elements', rss(`<item>${'<a>'.repeat(100)}</item>`), /nested/],
    ['a tower of brackets', '['.repeat(100_000), /nested/],
    ['broken JSON', '{"items": [', /broken JSON/],
    ['JSON of something else', '{"price": 1}', /no feed/],
    ['nothing', ' \n', /nothing/],
    ['bytes', 'a\0b', /no text/],
    ['more than is read', 'x'.repeat(FEED_BOUNDS.characters + 1), /more than/],
    ['a CSV about something else', 'open,close\n1,2\n', /without a column/],
  ];
  it.each(FAULTS)('that is %s is named as such', (_name, text, why) => {
    const parsed = read(text);
    expect(parsed.kind).toBe('fault');
    expect(parsed.kind === 'fault' && parsed.why).toMatch(why);
  });

  it('loses only the entries that are broken, and says which', () => {
    const parsed = read(
      rss(
        '<item><title>a</title><pubDate>Mon, 01 Jan 2024 10:30:00 GMT</pubDate></item><item><guid>x</guid></item><item><title>b</title></item>',
      ),
    );
    if (parsed.kind !== 'items') throw new Error(parsed.kind);
    expect(parsed.items.map(({ title }) => title)).toEqual(['a', 'b']);
    expect(parsed.faults).toEqual([
      { index: 1, why: 'neither headline nor text' },
      { index: 2, why: 'undated: no date' },
    ]);
  });

  it('is read up to its most, and what is left is counted', () => {
    const items = Array.from({ length: 700 }, (_, i) => ({
      id: i,
      title: `item ${i}`,
      date_published: '2024-01-01T00:00:00Z',
    }));
    const parsed = read(JSON.stringify({ items }));
    expect(parsed).toMatchObject({ kind: 'items', left: 200 });
    expect(parsed.kind === 'items' && parsed.items.length).toBe(500);
  });

  it('of the Fear & Greed index gives days, as JSON and as CSV', () => {
    const json = JSON.stringify({
      data: [
        { value: '40', value_classification: 'Fear', timestamp: '1704067200' },
        { value: '400', value_classification: '?', timestamp: '1704153600' },
      ],
    });
    const csv = 'timestamp,value,classification\n1704067200000,40,Fear\n1704153600000,400,?\n';
    for (const text of [json, csv])
      expect(read(text)).toEqual({
        kind: 'fear_greed',
        days: [{ day: Date.UTC(2024, 0, 1), value: 40 }],
        faults: [{ index: 1, why: 'not a value from 0 to 100' }],
      });
  });

  it('of quoted CSV keeps commas, quotes and line ends, and a quote that never closes is named', () => {
    const parsed = read('title,date\n"a, ""b""\nc",2024-01-01\n"d');
    expect(parsed).toMatchObject({ kind: 'items', faults: [{ index: 1 }, { why: /never closed/ }] });
    expect(parsed.kind === 'items' && parsed.items[0]?.title).toBe('a, "b"\nc');
  });

  it('never makes reading it throw', () => {
    const piece = fc.constantFrom(
      '<rss>',
      '<item>',
      '</item>',
      '<title>',
      '{',
      '}',
      '[',
      ']',
      '"items":',
      '"',
      ',',
      '\n',
      '<![CDATA[',
      ']]>',
      '<!--',
      '&',
      'title',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      '<entry>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 10 })), { maxLength: 40 }), (parts) => {
        expect(['items', 'fault', 'fear_greed']).toContain(read(parts.join('')).kind);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a date', () => {
  it.each([
    ['2024-01-01T09:30:00Z', PUBLISHED],
    ['2024-01-01 09:30:00.000+00:00', PUBLISHED],
    ['2024-01-01T12:30+0300', PUBLISHED],
    ['Mon, 01 Jan 2024 04:30:00 EST', PUBLISHED],
    ['1 January 2024 09:30 GMT', PUBLISHED],
    [1704101400, PUBLISHED],
    ['1704101400000', PUBLISHED],
    // Certainly known only when the day was over.
    ['2024-01-01', Date.UTC(2024, 0, 2)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('%s is a moment', (given, at) => {
    expect(parseNewsDate(given)).toEqual({ kind: 'date', at });
  });

  it.each([
    '2024-01-01T09:30:00',
    '01/02/2024',
    'yesterday',
    '',
    '2023-02-29T00:00:00Z',
    '2024-01-01T25:00:00Z',
    'Mon, 01 Jan 2024 09:30:00 XYZ',
    '2024-01-01T00:00:00+99:00',
    '-5',
  ])('%s is none, and is not guessed', (given) => {
    expect(parseNewsDate(given).kind).toBe('none');
  });
});
