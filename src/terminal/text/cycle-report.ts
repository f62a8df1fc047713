import type { CycleView } from '#shared/contract/cycle.ts';
import { briefLines, closingLines, cycleTitle, outcomeLine, reconciliationLines, stageLine } from './cycle-lines.ts';
import { BLANK, type Line, span } from './line.ts';
import { heading } from './table.ts';
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
  ];
}

/** The whole story of a finished cycle. */
export const wholeReport = (view: CycleView): readonly Line[] => [
  ...cycleTitle(view),
  BLANK,
  ...view.stages.map(stageLine),
  ...reportAfterStages(view),
];
