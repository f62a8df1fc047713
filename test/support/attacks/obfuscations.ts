import type { Rng } from '#core/kernel/rng.ts';

export type Obfuscation = { readonly name: string; apply(text: string, rng: Rng): string };

const eachLetter = (text: string, change: (letter: string, code: number) => string): string =>
  Array.from(text, (letter) => change(letter, letter.codePointAt(0) ?? 0)).join('');
const LEET: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5', t: '7' };
const LOOKALIKE: Readonly<Record<string, string>> = { a: 'а', c: 'с', e: 'е', i: 'і', o: 'о', p: 'р', x: 'х', y: 'у' };

/** Ways of hiding words from a filter that a model, or a person, may still read. */
export const OBFUSCATIONS: readonly Obfuscation[] = [
  { name: 'plain', apply: (text) => text },
  { name: 'zero-width', apply: (text) => eachLetter(text, (letter) => `${letter}\u200b`) },
  {
    name: 'tag characters',
    apply: (text) =>
      `note ${eachLetter(text, (letter, code) => (code < 128 ? String.fromCodePoint(0xe0000 + code) : letter))}`,
  },
  {
    name: 'look-alike letters',
    apply: (text, rng) => eachLetter(text, (letter) => (rng.next() < 0.5 ? (LOOKALIKE[letter] ?? letter) : letter)),
  },
  {
    name: 'full width',
    apply: (text) =>
      eachLetter(text, (letter, code) => (code > 32 && code < 127 ? String.fromCodePoint(code + 0xfee0) : letter)),
  },
  { name: 'bidirectional', apply: (text) => `\u202e${Array.from(text).toReversed().join('')}\u202c` },
  { name: 'capitals', apply: (text) => text.toUpperCase() },
  { name: 'base64', apply: (text) => `decode: ${Buffer.from(text).toString('base64')}` },
  { name: 'leet', apply: (text) => eachLetter(text, (letter) => LEET[letter.toLowerCase()] ?? letter) },
  { name: 'spaced letters', apply: (text) => Array.from(text).join(' ') },
  { name: 'soft hyphens', apply: (text) => eachLetter(text, (letter) => `${letter}\u00ad`) },
  { name: 'entities', apply: (text) => eachLetter(text, (letter, code) => (code < 128 ? `&#${code};` : letter)) },
];
