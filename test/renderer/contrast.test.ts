import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, '../../src/renderer/styles/tokens.css'), 'utf8');

/** The tokens of one block of the style sheet. */
function tokens(selector: RegExp): Readonly<Record<string, string>> {
  const start = css.search(selector);
  const block = css.slice(start, css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--mt-([\w-]+):\s*(#[0-9a-f]{6});/gi)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

const THEMES = { dark: tokens(/:root/), light: tokens(/\[data-theme=.light.\]/) } as const;

/** Relative luminance of WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

const BACKGROUNDS = ['bg0', 'bg1', 'bg2', 'bg3'] as const;
const TEXTS = ['text', 'muted', 'faint', 'accent', 'up', 'down', 'warn', 'danger', 'sim', 'paper', 'live'] as const;
const FILLS = [
  ['on-kill', 'kill'],
  ['on-spawn', 'spawn'],
  ['on-live', 'live-fill'],
] as const;

describe.each(['dark', 'light'] as const)('the %s theme', (name) => {
  const theme = THEMES[name];
  const worst = (token: string): number =>
    Math.min(...BACKGROUNDS.map((background) => contrast(theme[token] ?? '#000000', theme[background] ?? '#000000')));

  it('declares every token', () => {
    const wanted = [...BACKGROUNDS, ...TEXTS, 'line', 'hair', ...FILLS.flat()];
    expect(wanted.filter((token) => theme[token] === undefined)).toEqual([]);
  });

  it.each(TEXTS)('writes %s readably on every background', (token) => {
    expect(worst(token)).toBeGreaterThanOrEqual(4.5);
  });

  it('draws control borders visibly on every background', () => {
    expect(worst('line')).toBeGreaterThanOrEqual(3);
  });

  it.each(FILLS)('writes %s readably on %s', (text, fill) => {
    expect(contrast(theme[text] ?? '', theme[fill] ?? '')).toBeGreaterThanOrEqual(4.5);
  });
});
