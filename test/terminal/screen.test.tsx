import { renderToString } from 'ink';
import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { lineWidth, textOf } from '../../src/terminal/text/line.ts';
import { Screen } from '../../src/terminal/view/app.tsx';
import { PANELS, type ScreenState, screenLines } from '../../src/terminal/view/screen-lines.ts';
import { withoutEscapes } from '../support/escapes.ts';
import { idle, STATES } from './screen-states.ts';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 100, rows: 30 },
  { columns: 140, rows: 44 },
] as const;

/** What Ink draws, without colours. */
const frameOf = (state: ScreenState, size: (typeof SIZES)[number]): string =>
  withoutEscapes(renderToString(<Screen state={state} size={size} />, { columns: size.columns }));

describe.each(SIZES)('the full screen at $columns x $rows', (size) => {
  it.each(Object.entries(STATES))('draws %s as agreed', async (name, state) => {
    await expect(frameOf(state(), size)).toMatchFileSnapshot(
      `../fixtures/terminal/${size.columns}x${size.rows}-${name.replace(' ', '-')}.txt`,
    );
  });
});

describe('the full screen', () => {
  const everySize = Array.from({ length: 60 }, (_, i) => ({ columns: 40 + i * 3, rows: 10 + ((i * 7) % 60) }));

  it.each(Object.keys(STATES))('fills every window exactly and overflows none: %s', (name) => {
    for (const size of everySize) {
      for (const chosen of [undefined, ...PANELS]) {
        for (const scroll of [0, 3, 1000]) {
          const lines = screenLines({ ...(STATES[name] ?? idle)(), chosen, scroll }, size);
          expect(lines, `${size.columns}x${size.rows}`).toHaveLength(size.rows);
          for (const line of lines) expect(lineWidth(line), textOf(line)).toBe(size.columns);
        }
      }
    }
  });

  it.each([
    { columns: 70, rows: 20 },
    { columns: 40, rows: 10 },
    { columns: 24, rows: 4 },
    { columns: 12, rows: 8 },
  ])('says what it has and needs in a window of $columns x $rows, whole', (size) => {
    const lines = screenLines(idle(), size).map((one) => textOf(one).trim());
    expect(lines[0]).toMatch(new RegExp(`^${size.columns}x${size.rows}:`));
    expect(lines.join(' ').trim()).toBe(
      `${size.columns}x${size.rows}: too small, 80x24 needed. Make the window larger; q quits.`,
    );
  });

  it('still says what it needs where only two rows are left', () => {
    const lines = screenLines(idle(), { columns: 20, rows: 2 }).map(textOf);
    expect(lines.join(' ')).toContain('80x24');
  });

  it('scrolls to the end of the brief and not past it', () => {
    const size = { columns: 80, rows: 24 };
    const at = (scroll: number) =>
      screenLines({ ...(STATES['finished'] ?? idle)(), chosen: 'brief', scroll }, size).map(textOf);
    expect(at(0).join('\n')).toContain('A-');
    expect(at(0).join('\n')).not.toContain('Lessons');
    expect(at(1000).join('\n')).toContain('Lessons');
    expect(at(1000)).toEqual(at(2000));
  });

  it('gives direction a shape and a sign, never colour alone', () => {
    const text = screenLines((STATES['finished'] ?? idle)(), { columns: 140, rows: 44 })
      .map(textOf)
      .join('\n');
    expect(text).toMatch(/▲ \+\d/);
    expect(text).toMatch(/▼ fill/);
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(text).not.toContain('\u2212');
  });

  it('lets no control character of a message through', () => {
    const state = { ...idle(), notice: 'a\u001b[2Jb\u0007' };
    const frame = renderToString(<Screen state={state} size={{ columns: 80, rows: 24 }} />, { columns: 80 });
    expect(frame).not.toContain('\u001b[2J');
    expect(frame).not.toContain('\u0007');
  });

  it('is drawn anew when the cycle goes on', () => {
    const size = { columns: 100, rows: 30 };
    const state = (name: string) => (STATES[name] ?? idle)();
    const screen = render(<Screen state={state('idle')} size={size} />);
    expect(screen.lastFrame()).toContain('Nothing has run yet.');
    screen.rerender(<Screen state={state('running')} size={size} />);
    expect(screen.lastFrame()).toContain('◐ Agent');
    expect(screen.lastFrame()).not.toContain('Result');
    screen.rerender(<Screen state={state('finished')} size={size} />);
    expect(screen.lastFrame()).toContain('the books balance');
    screen.unmount();
  });
});
