import { describe, expect, it } from 'vitest';
import { escapeHtml } from '#core/report/escape.ts';
import { readingOf } from '#core/report/reading.ts';
import { reportHtml } from '#core/report/report-html.ts';
import { isKnown } from '#core/statistics/figure.ts';
import { reportInput } from '#test/support/report-inputs.ts';

const input = reportInput(500, 120, { notes: ['Tick and lot were taken from the data.'] });
const page = reportHtml(input);
const short = reportHtml(reportInput(9, 4));
const HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e\u0007&\'';

/** Names of all tags and attributes that a browser would see. */
const tags = (html: string): readonly string[] =>
  [...html.matchAll(/<\/?([a-zA-Z][^\s/>]*)/g)].map((match) => (match[1] as string).toLowerCase());
const attributes = (html: string): readonly string[] =>
  [...html.matchAll(/<[a-zA-Z][^>]*>/g)].flatMap(([tag]) =>
    [...tag.matchAll(/\s([a-zA-Z-]+)=/g)].map((match) => (match[1] as string).toLowerCase()),
  );

const ALLOWED = new Set(
  'html head meta title style body main header h1 h2 h3 p ul li b span section div table thead tbody tr th td small svg line text path circle rect figure figcaption details summary dl dt dd footer br'.split(
    ' ',
  ),
);

describe('the report', () => {
  it('is one page without script, handlers, links or anything to load', () => {
    for (const html of [page, short]) {
      expect(tags(html).filter((tag) => !ALLOWED.has(tag))).toEqual([]);
      expect(
        attributes(html).filter(
          (name) => name.startsWith('on') || ['href', 'src', 'xlink:href', 'action'].includes(name),
        ),
      ).toEqual([]);
      expect(html).not.toMatch(/https?:|javascript:|url\(|@import|<script/i);
      expect(html).toContain("default-src 'none'");
    }
  });

  it('opens and closes every element', () => {
    for (const html of [page, short]) {
      const open: string[] = [];
      for (const [, closing, name, , selfClosed] of html.matchAll(
        /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z-]+="[^"]*")*)\s*(\/?)>/g,
      )) {
        if (selfClosed === '/' || name === 'meta' || name === 'br') continue;
        if (closing === '/') expect(open.pop()).toBe(name);
        else open.push(name as string);
      }
      expect(open).toEqual([]);
    }
  });

  it('escapes hostile text wherever it is printed', () => {
    const html = reportHtml({
      ...input,
      strategy: `s${HOSTILE}`,
      instrument: `i${HOSTILE}`,
      interval: `t${HOSTILE}`,
      source: `f${HOSTILE}`,
      params: { [`p${HOSTILE}`]: 1 },
      profiles: { limits: `l${HOSTILE}`, costs: `c${HOSTILE}` },
      runHash: `h${HOSTILE}`,
      dataHash: `d${HOSTILE}`,
      currency: `m${HOSTILE}`,
      startingCash: `a${HOSTILE}`,
      finalEquity: `e${HOSTILE}`,
      notes: [`n${HOSTILE}`],
    });
    expect(tags(html).filter((tag) => !ALLOWED.has(tag))).toEqual([]);
    expect(html).not.toContain('onerror=alert(1)>');
    for (const hidden of ['\u202e', '\u0007']) expect(html).not.toContain(hidden);
    for (const letter of 'sitfplchdmaen') expect(html).toContain(`${letter}&quot;&gt;&lt;script&gt;`);
    expect(tags(html).length).toBeGreaterThanOrEqual(tags(page).length);
  });

  it('states run hash, data hash, profiles, seed, tries and where the candles came from', () => {
    for (const text of [
      input.runHash,
      input.dataHash,
      'limits <b>default</b>',
      'costs <b>default</b>',
      'seed <b>4</b>',
      '24 configurations',
      'generated market, seed 4',
      '10,123.45678901 USDT',
      'fastLength 20',
      'Tick and lot were taken from the data.',
    ]) {
      expect(page).toContain(text);
    }
  });

  it('shows n with every value and an interval with every estimate', () => {
    const rows = [...page.matchAll(/<tr><th scope="row">[^]*?<\/tr>/g)]
      .map(([row]) => row)
      .filter((row) => row.includes('<small>'));
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) expect(row).toMatch(/n = [\d,]+ \w|class="lack"/);
    const cards = [...page.matchAll(/<div class="card">[^]*?<\/div>(?:<small>[^]*?<\/small><\/div>)?/g)].map(
      ([text]) => text,
    );
    expect(cards).toHaveLength(8);
    for (const text of cards) expect(text).toMatch(/n = [\d,]+|class="lack"/);
    expect(isKnown(input.metrics.risk.sharpe)).toBe(true);
    expect(page).toContain('Mertens standard error');
  });

  it('says "not enough data" where there are too few, and draws nothing then', () => {
    for (const text of [
      'not enough data (9 of 30 daily returns)',
      'not enough data (4 of 10 trades)',
      'not enough data to draw (4 of 10 trades)',
    ]) {
      expect(short).toContain(text);
    }
    expect(short).not.toMatch(/NaN|Infinity|undefined/);
    expect(page).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('of a run without candles is a page all the same', () => {
    const empty = reportHtml({ ...reportInput(0, 0) });
    expect(empty).toContain('Equity at each close: not enough data to draw');
    expect(empty).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('has the same bytes for the same run, and stays small for a long one', () => {
    expect(reportHtml(input)).toBe(page);
    expect(page.length).toBeLessThan(200_000);
  });

  it('says that the choice of the best was paid for', () => {
    expect(readingOf(input.metrics)[0]).toMatch(
      /deflated because 24 configurations were tried: .*(not significant at 95%|above the 95%)/,
    );
  });
});

describe('escaping', () => {
  it('leaves plain words alone and makes what is invisible visible', () => {
    expect(escapeHtml('trend-following 1h\n')).toBe('trend-following 1h\n');
    expect(escapeHtml('a\u0000b\u202ec\u0085')).toBe('a\ufffdb\ufffdc\ufffd');
    expect(escapeHtml(`<&>"'`)).toBe('&lt;&amp;&gt;&quot;&#39;');
  });
});
