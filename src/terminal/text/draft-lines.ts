import type { AgentDraft } from '#shared/contract/agents.ts';
import { familyName } from '#shared/format/names.ts';
import { money, percent } from './figures.ts';
import { type Line, line, span } from './line.ts';
import { heading, pairs, table } from './table.ts';

/** The brief of an agent that somebody chooses himself: what it would be, and what it would put at stake. */
export function draftLines(draft: AgentDraft): readonly Line[] {
  const { strategy, spec, limits, most, impact, parent, leastBars } = draft;
  const bounded = (now: string, highest: string): Line => line(now, span(`  at most ${highest}`, 'muted'));
  const ofMoney = (amount: string): string => money(amount, impact.asset);
  return [
    line(span(familyName(spec.family), 'strong'), ` on ${draft.instrument} ${draft.interval}, ${draft.environment}`),
    ...(parent === null ? [] : [line(span(`  after ${parent}`, 'muted'))]),
    line('  ', strategy.summary),
    line(span(`  Not when: ${strategy.notWhen}`, 'muted')),
    ...heading('Limits'),
    ...pairs([
      ['Budget', bounded(ofMoney(limits.budget), ofMoney(most.budget))],
      ['Risk per trade', bounded(percent(limits.riskPerTrade), percent(most.riskPerTrade))],
      ['Loss of a day', bounded(percent(limits.dayLoss), percent(most.dayLoss))],
      ['Life', line(`${limits.maxBars} candles`, span(`  from ${leastBars} to ${most.maxBars}`, 'muted'))],
    ]),
    ...heading('Worst case, as planned'),
    ...pairs([
      ['A trade', line(ofMoney(impact.worstTrade), ` (${percent(impact.worstTradeFraction)})`)],
      ['A day', line(ofMoney(impact.worstDay), ` (${percent(impact.worstDayFraction)})`)],
      ['Drawdown after it', line(`${percent(impact.drawdownAfter)} of ${percent(impact.drawdownBudget)}`)],
    ]),
    ...heading('Parameters'),
    ...table(
      [
        { title: 'NAME', cell: ({ name }) => name },
        { title: 'IS', cell: ({ name }) => span(String(spec.parameters[name] ?? ''), 'strong'), align: 'right' },
        { title: 'FROM', cell: ({ least }) => String(least), align: 'right' },
        { title: 'TO', cell: ({ most: highest }) => String(highest), align: 'right' },
        { title: 'MEANS', cell: ({ summary }) => span(summary, 'muted') },
      ],
      strategy.parameters,
    ),
  ];
}
