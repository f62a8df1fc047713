import { describe, expect, it } from 'vitest';
import { quoted, splitLine } from '#shared/commands/split-line.ts';
import * as fc from '../../support/seeded-check.ts';

describe('a typed line', () => {
  it.each([
    ['status', ['status']],
    ['  agent   why A-1 ', ['agent', 'why', 'A-1']],
    ['kill --reason "news in ten minutes"', ['kill', '--reason', 'news in ten minutes']],
    ['kill --reason \'a "b" c\'', ['kill', '--reason', 'a "b" c']],
    ['a\\ b "c\\"d"', ['a b', 'c"d']],
    ['x ""', ['x', '']],
    ['', []],
    // Nothing of a shell.
    ['status; rm -rf $HOME | cat > x', ['status;', 'rm', '-rf', '$HOME', '|', 'cat', '>', 'x']],
  ])('%s is split into its words', (text, words) => {
    expect(splitLine(text)).toEqual({ kind: 'words', words });
  });

  it('says which quote is open', () => {
    expect(splitLine('kill --reason "news')).toEqual({ kind: 'open', quote: '"' });
  });

  it('gives back every word that was quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 5 }), (words) => {
        expect(splitLine(words.map(quoted).join(' '))).toEqual({ kind: 'words', words });
      }),
    );
  });
});
