import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createOutput, type OutputOptions } from '../../src/terminal/output.ts';
import { type Line, line, lineWidth, span, textOf, truncate, wrap } from '../../src/terminal/text/line.ts';

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
