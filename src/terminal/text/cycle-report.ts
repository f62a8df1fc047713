import type { CycleView } from '#shared/contract/cycle.ts';
import { briefLines, closingLines, cycleTitle, outcomeLine, reconciliationLines, stageLine } from './cycle-lines.ts';
import { BLANK, type Line, line, span } from './line.ts';
import { heading, pairs } from './table.ts';
import { fillLines, orderLines } from './trade-lines.ts';

/** What is said once the stages have been told: brief, orders, fills, result, lesson. */
export function reportAfterStages(view: CycleView): readonly Line[] {
  return [
    ...(view.assessment === null ? [] : [...heading('Brief'), ...briefLines(view)]),
    ...(view.orders.length === 0 ? [] : [...heading('Orders'), ...orderLines(view.orders)]),
    ...(view.fills.length === 0 ? [] : [...heading('Fills'), ...fillLines(view.fills)]),
    BLANK,
    [span('Result', 'strong'), span('  '), ...outcomeLine(view)],
    ...reconciliationLines(view),
    BLANK,
    ...closingLines(view),
    ...nextLines(view),
  ];
}

/** Where to go from here. */
const nextLines = ({ agentId }: CycleView): readonly Line[] => [
  BLANK,
  ...pairs([
    ...(agentId === null ? [] : [[`mt agent why ${agentId}`, line(span('why it did what it did', 'muted'))] as const]),
    ['mt portfolio show', line(span('what is held now, and what it is worth', 'muted'))],
    ['mt spawn', line(span('look at the market and spawn again', 'muted'))],
  ]),
];

/** The whole story of a finished cycle. */
export const wholeReport = (view: CycleView): readonly Line[] => [
  ...cycleTitle(view),
  BLANK,
  ...view.stages.map(stageLine),
  ...reportAfterStages(view),
];
