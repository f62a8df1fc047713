import type { AgentPrompt } from '#shared/contract/agents.ts';
import type { BriefPrompt } from '#shared/contract/brief-prompt.ts';
import { type Line, line, span } from './line.ts';
import { heading, table } from './table.ts';

/** Lines that did not change, shown around those that did. */
const AROUND = 1;

/** The parts that instructions are made of, and whether they are still what they were. */
export const partTable = (parts: AgentPrompt['parts']): readonly Line[] =>
  table(
    [
      { title: 'PART', cell: ({ id }) => span(id, 'strong') },
      { title: 'VERSION', cell: ({ version }) => String(version), align: 'right' },
      { title: 'HASH', cell: ({ hash }) => span(hash.slice(0, 12), 'muted') },
      { title: '', cell: ({ current }) => (current ? '' : 'edited since') },
    ],
    parts,
  );

/** What differs, line by line, each with what stands around it. */
export function changedLines(lines: AgentPrompt['template']): readonly Line[] {
  const near = (index: number): boolean =>
    lines.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== 'same');
  const shown = lines.flatMap(({ kind, text }, index): Line[] => {
    if (kind === 'removed') return [line('  ', span(`- ${text}`, 'down'))];
    if (kind === 'added') return [line('  ', span(`+ ${text}`, 'up'))];
    return near(index) && text !== '' ? [line('  ', span(`  ${text}`, 'muted'))] : [];
  });
  return shown.length === 0 ? [line('  nothing differs')] : shown;
}

/** What an agent would be told, beside the templates that ship and beside the master's own. */
export const briefPromptLines = ({ parts, template, edited }: BriefPrompt): readonly Line[] => [
  ...heading('What it would be told, beside the templates that ship'),
  ...partTable(parts),
  ...changedLines(template),
  ...(edited === null
    ? [line(span('  no part of it was edited (mt prompts edit)', 'muted'))]
    : [...heading('Beside the templates as you edited them'), ...changedLines(edited)]),
];
