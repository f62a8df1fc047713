import { clockSecondsText, durationText, zoneName } from '#shared/format/time.ts';
import { environmentChip } from '../text/cycle-lines.ts';
import { money, percent, signedPercent } from '../text/figures.ts';
import { type Line, line, lineWidth, type Span, span, truncate } from '../text/line.ts';
import { completionOf } from './completing.ts';
import { WIDE } from './draw-cycle.ts';
import type { Editor } from './editor.ts';
import { fitted } from './frame.ts';
import type { ConsoleState, EngineLine } from './state.ts';

const BAR = span(' │ ', 'muted');
/** From this width on nothing of the header is shortened. */
const ROOMY = 110;

/** Segments from left to right for as long as they fit, with the clock kept at the right. */
export function headerLine(state: ConsoleState, width: number): Line {
  const { status, sealed, now, zone, engine } = state;
  const narrow = width < WIDE;
  const troubled = engine.gone || engine.silentMs !== null;
  const clock = span(` ${clockSecondsText(now, zone)} ${zoneName(now, zone)} `, 'muted');
  const room = width - lineWidth([clock]);
  const segments: readonly Line[] =
    status === null
      ? [line(sealed === null ? span('no state of the engine yet', 'muted') : span('LOCKED', 'warn'))]
      : [
          ...(troubled ? [engineText(state.engine)] : []),
          ...(status.tradingState === 'active' ? [] : [line(span(status.tradingState.toUpperCase(), 'danger'))]),
          line(narrow ? status.mode : `mode ${status.mode}`),
          line(
            narrow ? 'eq ' : 'equity ',
            span(money(status.equity, status.quoteAsset), 'strong'),
            ' ',
            signedPercent(status.dayPnlFraction),
          ),
          line(`${width < ROOMY ? 'dd' : 'drawdown'} ${percent(status.drawdownFraction)}`),
          ...(troubled ? [] : [engineText(state.engine)]),
          line(span(status.analyst.label, 'muted')),
        ];
  const environment = state.cycle?.environment ?? status?.environment ?? 'simulated';
  const shown: Span[] = [span(' '), span('MASTER TRADER', 'strong'), span('  '), environmentChip(environment)];
  for (const segment of status === null ? [engineText(state.engine), ...segments] : segments) {
    if (lineWidth([...shown, BAR, ...segment]) > room) break;
    shown.push(BAR, ...segment);
  }
  return [...fitted(shown, room), clock];
}

function engineText({ latencyMs, silentMs, gone, own }: EngineLine): Line {
  if (gone) return line(span('✕ engine gone', 'danger'));
  if (silentMs !== null) return line(span(`✕ engine silent ${durationText(silentMs)}`, 'danger'));
  if (latencyMs === null) return line(span('○ engine', 'muted'));
  return line(span('●', 'up'), ` engine ${durationText(latencyMs)}${own ? ' (own)' : ''}`);
}

/** The line being typed, a question, a notice, or the keys. */
export function footerLine(state: ConsoleState, width: number): Line {
  const { mode, notice } = state;
  switch (mode.kind) {
    case 'line':
      return typed(':', mode.editor, completionOf(state, mode.editor.text).ghost, width);
    case 'filter':
      return typed('/', mode.editor, '', width);
    case 'secret':
      return typed(
        `${mode.question}: `,
        { text: '•'.repeat(Array.from(mode.editor.text).length), cursor: mode.editor.cursor },
        '',
        width,
      );
    case 'ask':
      return fitted(
        line(
          ' ',
          span(`${mode.question} `, 'warn'),
          span(`${mode.insist === true ? 'y or Ctrl C again' : 'y'} yes, any other key no`, 'muted'),
        ),
        width,
      );
    case 'help':
      return fitted(line(' ', span('Esc', 'strong'), span(' back', 'muted')), width);
    case 'keys':
      return notice === null ? keyLine(state, width) : fitted(line(' ', span(notice.text, notice.tone)), width);
  }
}

/** The text around its cursor; of a long one the part where the cursor is. */
function typed(prefix: string, { text, cursor }: Editor, ghost: string, width: number): Line {
  const letters = Array.from(text);
  const room = Math.max(8, width - prefix.length - 2);
  const from = Math.max(0, cursor - room + 1);
  const before = letters.slice(from, cursor).join('');
  const after = letters.slice(cursor).join('');
  return fitted(
    truncate(
      line(' ', span(prefix, 'strong'), before, span('▏', 'accent'), after, span(after === '' ? ghost : '', 'muted')),
      width,
    ),
    width,
  );
}

/** Of the view of a run: stopping it while it goes on, and its other panels where there is room for one alone. */
function runKeys({ cycle }: ConsoleState, width: number): readonly (readonly [string, string])[] {
  return [
    ...(cycle?.state === 'running' ? [['x', 'stop it'] as const] : []),
    ...(width < WIDE ? [['Tab', 'panel'] as const] : []),
  ];
}

function keyLine(state: ConsoleState, width: number): Line {
  const { filter, pane, view } = state;
  const keys: readonly (readonly [string, string])[] = [
    ['?', 'keys'],
    [':', 'command'],
    ...(pane === null && view === 'run'
      ? runKeys(state, width)
      : [['/', filter === '' ? 'filter' : `filter: ${filter}`] as const]),
    ['s', 'spawn'],
    ...(pane === null && view === 'run' ? [] : [['Enter', 'open'] as const]),
    ...(pane === null ? [] : [['Esc', 'back'] as const]),
    ['! !', 'kill'],
    ['q', 'leave'],
  ];
  return fitted(
    line(' ', ...keys.flatMap(([key, does]) => [span(key, 'strong'), span(` ${does}   `, 'muted')])),
    width,
  );
}
