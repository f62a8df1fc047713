import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labFamilies } from '#host/lab/families.ts';
import { listFiles, ROOT, readSources, type SourceFile } from '../../architecture/source-files.ts';
import { leftUnsaid } from '../../support/left-unsaid.ts';
import { argumentsOf, endOfExpression, literalsIn } from '../../support/source-literals.ts';

/** What runs behind the window. The terminal has words of its own, and only English ones. */
const sources = readSources('src').filter(({ path }) => /^src\/(?:core|host|adapters)\//.test(path));

/** Functions that make a Fault of a message and a remedy, by their files. */
const MAKERS: Readonly<Record<string, string>> = {
  'src/core/portfolio/targets.ts': 'refuse',
  'src/core/statistics/walk-forward.ts': 'refuse',
  'src/host/home-folder.ts': 'fault',
  'src/host/lab/search-space.ts': 'usage',
};
/** Remedies that are handed on: where they are written they are found, as constants, properties or arguments of makers. */
const HANDED_ON =
  /^(?:remedy|(?:measured|cause|cause\?|reply)\.remedy|remedyFor\(\w+\)|remedyOf\(.*\)|REMEDIES\[\w+\]|REMEDIES\.columns)$/s;

/** Constants and properties that hold remedies. */
const HOLDERS = /(?:\bconst (?:[A-Z_]*REMED[A-Z_]*|remedy|remedyFor)\b[^=]*=|\bremedy:)\s/g;
const held = ({ text }: SourceFile): readonly string[] =>
  [...text.matchAll(HOLDERS)].flatMap(({ 0: begin, index }) => {
    const from = index + begin.length;
    return literalsIn(text.slice(from, endOfExpression(text, from)));
  });

const faults = sources.flatMap(({ path, text }) =>
  argumentsOf(text, 'new Fault').map(([, , remedy = '']) => ({ path, remedy, text })),
);
const made = sources.flatMap(({ path, text }) =>
  MAKERS[path] === undefined ? [] : argumentsOf(text, MAKERS[path]).map(([, remedy = '']) => ({ path, remedy, text })),
);

/** What a constant of this or another file says. */
const constant = (name: string): readonly string[] =>
  sources.flatMap(({ text }) => {
    const found = new RegExp(`\\bconst ${name}\\b[^=]*=\\s`).exec(text);
    if (found === null) return [];
    const from = found.index + found[0].length;
    return literalsIn(text.slice(from, endOfExpression(text, from)));
  });

const texts = [...faults, ...made].flatMap(({ remedy }) => [
  ...literalsIn(remedy),
  ...[...remedy.matchAll(/\b[A-Z][A-Z_]{3,}\b/g)].flatMap(([name]) => constant(name)),
]);
const sentences = [...new Set([...texts, ...sources.flatMap(held)])].filter((text) => / [a-z]/i.test(text));

describe('what the engine says to do about an error', () => {
  it('is written where it can be found: in the fault, as a constant, or by one of the makers', () => {
    expect(faults.length).toBeGreaterThan(400);
    const lost = faults.filter(
      ({ remedy }) => literalsIn(remedy).length === 0 && !/^[A-Z_]+$/.test(remedy) && !HANDED_ON.test(remedy),
    );
    expect(lost.map(({ path, remedy }) => `${path}: ${remedy}`)).toEqual([]);
  });

  it('is known to the catalogue to the last word', () => {
    expect(sentences.length).toBeGreaterThan(400);
    expect(sentences.filter((text) => leftUnsaid(text) !== '')).toEqual([]);
  });
});

/** Where refusals come from that a window meets: access, the vault, keys, orders, approvals, models, news and accounts. */
const MET =
  /^src\/(?:host\/(?:access|gate|vault|automation|handlers|portfolio|manual|models|outbound|alerts|venue-accounts|terminal|updates|cycles)\/|core\/(?:automation|manual|portfolio)\/|adapters\/venue-ccxt\/)/;

describe('why the engine refuses what a window asks', () => {
  it('is known to the catalogue', () => {
    const messages = sources
      .filter(({ path }) => MET.test(path))
      .flatMap(({ text }) => argumentsOf(text, 'new Fault').flatMap(([, message = '']) => literalsIn(message)))
      // What touches a value, or begins with a space, is a part of a sentence that is put together.
      .filter((text) => / [a-z]/i.test(text) && !/[a-z]42|^\s/.test(text));
    expect(messages.length).toBeGreaterThan(150);
    expect(messages.filter((text) => leftUnsaid(text) !== '')).toEqual([]);
  });
});

describe('what a strategy family says of itself', () => {
  it('is known to the catalogue: what it is for, and what its parameters mean', () => {
    const words = labFamilies().flatMap(({ summary, parameters }) => [
      summary,
      ...parameters.map((parameter) => parameter.summary),
    ]);
    expect(words.length).toBeGreaterThan(60);
    expect(words.filter((text) => leftUnsaid(text) !== '')).toEqual([]);
  });
});

describe('what the parts of instructions are for', () => {
  it('is known to the catalogue', () => {
    const purposes = listFiles('resources/prompts', /\.md$/).map(
      (path) => /^purpose: (.+)$/m.exec(readFileSync(join(ROOT, path), 'utf8'))?.[1] ?? path,
    );
    expect(purposes.length).toBeGreaterThan(15);
    expect(purposes.filter((text) => leftUnsaid(text) !== '')).toEqual([]);
  });
});
