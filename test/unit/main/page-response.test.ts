import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPageFiles } from '#host/page-files.ts';
import { pageResponse } from '../../../src/main/page-response.ts';
import * as fc from '../../support/seeded-check.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const CANARY = 'canary-outside-the-page';
const folder = tempFolder('mt-page');
afterAll(() => folder.remove());
const page = join(folder.path, 'page');
mkdirSync(join(page, 'assets'), { recursive: true });
writeFileSync(join(folder.path, 'secret.json'), CANARY);
writeFileSync(join(page, 'index.html'), '<!doctype html>');
writeFileSync(join(page, 'assets', 'a.js'), 'export {}');
const files = readPageFiles(page);
const get = (url: string, method = 'GET') => pageResponse({ method, url }, files);

describe('what the page is served', () => {
  it('[checklist 7] under exactly this policy, as a header, and so is what is not found', () => {
    for (const url of ['app://master-trader/', 'app://master-trader/index.html', 'app://master-trader/none']) {
      expect(get(url).headers.get('content-security-policy'), url).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-elem 'self' 'unsafe-inline'; style-src-attr 'none'; " +
          "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
          "object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      );
      expect(get(url).headers.get('x-content-type-options')).toBe('nosniff');
      expect(get(url).headers.get('cross-origin-opener-policy')).toBe('same-origin');
    }
  });

  it('gives its files by their exact paths, and nothing to other methods and hosts', async () => {
    expect(await get('app://master-trader/').text()).toBe('<!doctype html>');
    expect(get('app://master-trader/assets/a.js').headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    for (const [url, method] of [
      ['app://master-trader/', 'POST'],
      ['app://master-trader/', 'HEAD'],
      ['app://bundle/', 'GET'],
      ['file:///index.html', 'GET'],
      ['app://master-trader@evil/', 'GET'],
      ['nothing', 'GET'],
    ] as const)
      expect(get(url, method).status, `${method} ${url}`).toBe(404);
  });

  it('[checklist 18] climbs out of its folder by none of ten thousand paths', async () => {
    const up = fc.constantFrom(
      '..',
      '../',
      '..\\',
      '%2e%2e/',
      '..%2f',
      '..%5c',
      '%2e%2e%2f',
      '%252e%252e%252f',
      '....//',
      '.%00./',
      '..%c0%af',
      '..%u2215',
      '//',
      '/./',
      '\\\\server\\share\\',
      'C:\\',
      'file:///',
      '%00',
      '\u0000',
      '..;/',
      '\u2025/',
      '．．/',
    );
    const target = fc.constantFrom(
      'secret.json',
      'etc/passwd',
      'index.html/../../secret.json',
      'assets/../../secret.json',
    );
    const path = fc.oneof(
      fc.tuple(fc.array(up, { minLength: 1, maxLength: 8 }), target).map(([steps, end]) => steps.join('') + end),
      fc.tuple(fc.string({ maxLength: 30 }), up, target).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constant('a'.repeat(40_000)),
      fc.constant(`${folder.path}/secret.json`),
    );
    const corpus = fc.sample(path, { numRuns: 10_000, seed: 18 });
    let served = 0;
    for (const one of corpus) {
      const response = get(`app://master-trader/${one}`);
      const text = await response.text();
      expect(text, one).not.toContain(CANARY);
      // What a browser itself makes of a path may be one of the page's own files; it is never another.
      if (response.status === 200) served += 1;
      else expect(response.status, one).toBe(404);
      if (response.status === 200) expect(['<!doctype html>', 'export {}']).toContain(text);
    }
    console.log(`${corpus.length} paths: ${served} named a file of the page, the others nothing`);
    expect(served).toBeLessThan(corpus.length / 10);
  });
});
