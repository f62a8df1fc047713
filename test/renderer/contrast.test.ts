import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PALETTES } from '#shared/contract/preferences.ts';
import { contrast, difference, VISIONS, type Vision } from './support/colour-science.ts';

const css = readFileSync(resolve(import.meta.dirname, '../../src/renderer/styles/tokens.css'), 'utf8');

type Tokens = Readonly<Record<string, string>>;

/** The tokens of one block of the style sheet; a block that does not exist is a mistake of the test. */
function tokens(selector: string): Tokens {
  const start = css.indexOf(`${selector} {`);
  if (start < 0) throw new Error(`tokens.css has no ${selector}`);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--mt-([\w-]+):\s*(#[0-9a-f]{6});/gi)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

const BASE = { dark: tokens(':root'), light: tokens('[data-theme="light"]') } as const;
type Theme = keyof typeof BASE;

/** What the cascade gives for a theme and a palette. */
function cascade(theme: Theme, palette: (typeof PALETTES)[number]): Tokens {
  if (palette === 'teal-coral') return BASE[theme];
  const selector = `[data-palette="${palette}"]`;
  return { ...BASE[theme], ...tokens(theme === 'light' ? `[data-theme="light"]${selector}` : selector) };
}

const BACKGROUNDS = ['bg0', 'bg1', 'bg2', 'bg3'] as const;
const TEXTS = [
  'text',
  'muted',
  'faint',
  'accent',
  'up',
  'down',
  'ok',
  'warn',
  'danger',
  'sim',
  'paper',
  'live',
] as const;
const FILLS = [
  ['on-kill', 'kill'],
  ['on-spawn', 'spawn'],
  ['on-live', 'live-fill'],
] as const;
const CASES = (['dark', 'light'] as const).flatMap((theme) => PALETTES.map((palette) => [theme, palette] as const));

describe.each(CASES)('the %s theme with %s', (name, palette) => {
  const theme = cascade(name, palette);
  const worst = (token: string): number =>
    Math.min(...BACKGROUNDS.map((background) => contrast(theme[token] ?? '#000000', theme[background] ?? '#000000')));

  it('declares every token', () => {
    const wanted = [...BACKGROUNDS, ...TEXTS, 'line', 'hair', ...FILLS.flat()];
    expect(wanted.filter((token) => theme[token] === undefined)).toEqual([]);
  });

  it.each(TEXTS)('writes %s readably on every background', (token) => {
    expect(worst(token)).toBeGreaterThanOrEqual(4.5);
  });

  it('draws control borders and the ring of the focus visibly on every background', () => {
    expect(worst('line')).toBeGreaterThanOrEqual(3);
    expect(worst('accent')).toBeGreaterThanOrEqual(3);
  });

  it.each(FILLS)('writes %s readably on %s', (text, fill) => {
    expect(contrast(theme[text] ?? '', theme[fill] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});

describe('up and down', () => {
  const apart = (theme: Theme, palette: (typeof PALETTES)[number], vision: Vision): number => {
    const { up = '', down = '' } = cascade(theme, palette);
    return difference(up, down, vision);
  };

  it.each(Object.keys(VISIONS) as Vision[])('of the safe pair stay apart to %s eyes', (vision) => {
    for (const theme of ['dark', 'light'] as const)
      expect(apart(theme, 'blue-orange', vision), theme).toBeGreaterThanOrEqual(20);
  });

  it('of the default pair do not, which is why there is a safe one', () => {
    expect(apart('dark', 'teal-coral', 'deutan')).toBeLessThan(20);
    // The measure itself: a pair whose distance is known from elsewhere.
    expect(difference('#26A69A', '#EF5350', 'deutan')).toBeCloseTo(11.6, 1);
  });

  it('trade places where red is up, and are one where there is no colour', () => {
    for (const theme of ['dark', 'light'] as const) {
      const usual = cascade(theme, 'teal-coral');
      expect(cascade(theme, 'red-up')).toMatchObject({ up: usual['down'], down: usual['up'], ok: usual['ok'] });
      const mono = cascade(theme, 'mono');
      expect(mono['up']).toBe(mono['text']);
      expect(mono['down']).toBe(mono['text']);
    }
  });
});
