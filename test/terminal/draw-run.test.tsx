import { renderToString } from 'ink';
import { render } from 'ink-testing-library';
import { describe, expect, it } from 'vitest';
import { ConsoleScreen } from '../../src/terminal/console/app.tsx';
import { consoleLines } from '../../src/terminal/console/draw.ts';
import { PANELS } from '../../src/terminal/console/draw-cycle.ts';
import type { ConsoleState } from '../../src/terminal/console/state.ts';
import { lineWidth, textOf } from '../../src/terminal/text/line.ts';
import { CONSOLE_STATES } from './console-states.ts';

const RUNS = ['run idle', 'cycle', 'run finished', 'run untraded'] as const;
const state = (name: (typeof RUNS)[number]): ConsoleState => {
  const made = CONSOLE_STATES[name];
  if (made === undefined) throw new Error(`no state ${name}`);
  return made();
};

describe('a run in the console', () => {
  const everySize = Array.from({ length: 60 }, (_, i) => ({ columns: 40 + i * 3, rows: 10 + ((i * 7) % 60) }));

  it.each(RUNS)('fills every window exactly and overflows none, whatever panel is chosen: %s', (name) => {
    for (const size of everySize) {
      for (const chosen of [undefined, ...PANELS]) {
        for (const scroll of [0, 3, 1000]) {
          const lines = consoleLines({ ...state(name), chosen, scroll }, size);
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
    const lines = consoleLines(state('run idle'), size).map((one) => textOf(one).trim());
    expect(lines[0]).toMatch(new RegExp(`^${size.columns}x${size.rows}:`));
    expect(lines.join(' ').trim()).toBe(
      `${size.columns}x${size.rows}: too small, 80x24 needed. Make the window larger; q quits.`,
    );
  });

  it('still says what it needs where only two rows are left', () => {
    const lines = consoleLines(state('run idle'), { columns: 20, rows: 2 }).map(textOf);
    expect(lines.join(' ')).toContain('80x24');
  });

  it('scrolls to the end of the brief and not past it', () => {
    const size = { columns: 80, rows: 24 };
    const at = (scroll: number) =>
      consoleLines({ ...state('run finished'), chosen: 'brief', scroll }, size).map(textOf);
    expect(at(0).join('\n')).toContain('A-');
    expect(at(0).join('\n')).not.toContain('Lessons');
    expect(at(1000).join('\n')).toContain('Lessons');
    expect(at(1000)).toEqual(at(2000));
  });

  it('gives direction a shape and a sign, never colour alone', () => {
    const text = consoleLines(state('run finished'), { columns: 140, rows: 44 }).map(textOf).join('\n');
    expect(text).toMatch(/▲ \+\d/);
    expect(text).toMatch(/▼ fill/);
    expect(text).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(text).not.toContain('\u2212');
  });

  it('lets no control character of a message through', () => {
    const told: ConsoleState = { ...state('run idle'), notice: { text: 'a\u001b[2Jb\u0007', tone: 'warn' } };
    const frame = renderToString(<ConsoleScreen state={told} size={{ columns: 80, rows: 24 }} />, { columns: 80 });
    expect(frame).not.toContain('\u001b[2J');
    expect(frame).not.toContain('\u0007');
  });

  it('is drawn anew when the run goes on, and says how to stop it only while it runs', () => {
    const size = { columns: 100, rows: 30 };
    const screen = render(<ConsoleScreen state={state('run idle')} size={size} />);
    expect(screen.lastFrame()).toContain('Nothing has run yet.');
    screen.rerender(<ConsoleScreen state={state('cycle')} size={size} />);
    expect(screen.lastFrame()).toContain('◐ Agent');
    expect(screen.lastFrame()).toContain('x stop it');
    expect(screen.lastFrame()).not.toContain('Result');
    screen.rerender(<ConsoleScreen state={state('run finished')} size={size} />);
    expect(screen.lastFrame()).toContain('the books balance');
    expect(screen.lastFrame()).not.toContain('stop it');
    screen.unmount();
  });
});
