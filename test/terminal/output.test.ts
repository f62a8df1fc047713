import { describe, expect, it } from 'vitest';
import { brokenAt, createOutput, type OutputOptions } from '../../src/terminal/output.ts';
import { type Line, line, lineWidth, span, textOf, truncate, wrap } from '../../src/terminal/text/line.ts';
import * as fc from '../support/seeded-check.ts';

const ESCAPE = String.fromCharCode(27);

function capture(options: Partial<Omit<OutputOptions, 'stdout' | 'stderr'>> & { readonly terminal?: boolean } = {}) {
  let out = '';
  let err = '';
  const isTTY = options.terminal ?? false;
  const output = createOutput({
    json: false,
    plain: false,
    env: {},
    stdin: { isTTY },
    ...options,
    stdout: { isTTY, write: (text) => (out += text) },
    stderr: { isTTY, write: (text) => (err += text) },
  });
  return { output, out: () => out, err: () => err };
}

const told: readonly Line[] = [line('equity ', span('▲ +1.00', 'up'))];

describe('what a command writes', () => {
  it('has colours on a terminal only, and not there either when asked to be plain', () => {
    const shown = (options: Parameters<typeof capture>[0]): string => {
      const { output, out } = capture(options);
      output.lines(told);
      return out();
    };
    expect(shown({ terminal: true })).toContain(ESCAPE);
    const plain = 'equity ▲ +1.00\n';
    expect(shown({})).toBe(plain);
    expect(shown({ terminal: true, plain: true })).toBe(plain);
    expect(shown({ terminal: true, env: { NO_COLOR: '1' } })).toBe(plain);
    expect(shown({ terminal: true, env: { TERM: 'dumb' } })).toBe(plain);
    // An empty NO_COLOR means nothing, by its own rule.
    expect(shown({ terminal: true, env: { NO_COLOR: '' } })).toContain(ESCAPE);
  });

  it('opens the full screen only with a terminal on both ends', () => {
    expect(capture({ terminal: true }).output.fullScreen).toBe(true);
    expect(capture({ terminal: true, stdin: {} }).output.fullScreen).toBe(false);
    expect(capture({ terminal: true, json: true }).output.fullScreen).toBe(false);
    expect(capture({ terminal: true, plain: true }).output.fullScreen).toBe(false);
    expect(capture({}).output.fullScreen).toBe(false);
  });

  it('with --json is the one answer', () => {
    const { output, out } = capture({ json: true });
    output.lines(told);
    output.answer({ a: 1 });
    expect(out()).toBe('{"a":1}\n');
  });

  it('never passes a control sequence of a file name or a message on to the terminal', () => {
    const { output, out, err } = capture({ terminal: true });
    output.note(`file ${ESCAPE}[2Jx\u0007\u202e.csv`);
    output.lines([line(`agent ${ESCAPE}]0;title\u0007 \u009b31m`)]);
    expect(err()).toBe('file ?[2Jx??.csv\n');
    expect(out()).toBe('agent ?]0;title? ?31m\n');
  });
});

describe('a line that is wider than the terminal', () => {
  it('goes on under its value, and no word is broken', () => {
    const rows = brokenAt(line('  Because   ', 'the change over 168 candles is 1.5 standard deviations'), 40).map(
      textOf,
    );
    expect(rows.every((row) => Array.from(row).length <= 40)).toBe(true);
    expect(rows.slice(1).every((row) => row.startsWith(' '.repeat(12)) && row[12] !== ' ')).toBe(true);
    expect(rows.map((row) => row.trim()).join(' ')).toBe(
      'Because   the change over 168 candles is 1.5 standard deviations',
    );
  });

  it('is left to the terminal when it has a word that fits no row, so that a hash is copied whole', () => {
    const hash = line('  Spec      ', 'a'.repeat(64));
    expect(brokenAt(hash, 60)).toEqual([hash]);
  });

  it('is broken on a terminal only', () => {
    const text = `${'word '.repeat(20)}end`;
    for (const isTTY of [true, false]) {
      let out = '';
      const stdout = { isTTY, columns: 40, write: (part: string) => (out += part) };
      const stream = { isTTY, write: () => true };
      createOutput({ json: false, plain: true, env: {}, stdin: stream, stdout, stderr: stream }).lines([line(text)]);
      expect(out.trimEnd().split('\n')).toHaveLength(isTTY ? 3 : 1);
    }
  });
});

describe('lines', () => {
  const words = fc.array(fc.tuple(fc.stringMatching(/^[a-z▲▼•]{0,12}$/), fc.constantFrom('plain', 'muted', 'up')), {
    maxLength: 12,
  });
  const lines = words.map((pieces): Line => line(...pieces.map(([text, tone]) => span(`${text} `, tone as 'plain'))));

  it('are cut to a width and say so', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 1, max: 60 }), (one, width) => {
        const cut = truncate(one, width);
        expect(lineWidth(cut)).toBeLessThanOrEqual(width);
        if (lineWidth(one) > width) expect(textOf(cut).endsWith('…')).toBe(true);
        else expect(cut).toEqual(one);
      }),
    );
  });

  it('are broken between words without losing one or growing too wide', () => {
    fc.assert(
      fc.property(lines, fc.integer({ min: 8, max: 60 }), fc.integer({ min: 0, max: 5 }), (one, width, indent) => {
        const rows = wrap(one, width, indent);
        for (const row of rows) expect(textOf(row).trimEnd().length).toBeLessThanOrEqual(width);
        const letters = (text: string): string => text.replace(/\s+/g, '');
        expect(letters(rows.map(textOf).join(' '))).toBe(letters(textOf(one)));
      }),
    );
  });
});
