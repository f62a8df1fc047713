import type { ArgsOf } from '#shared/commands/registry.ts';
import type { PatternView } from '#shared/contract/cycle.ts';
import { countText } from '#shared/format/names.ts';
import { ageText } from '#shared/format/time.ts';
import { type Run, withSession } from '../context.ts';
import { regimeLine } from '../text/cycle-lines.ts';
import { fact, moment } from '../text/figures.ts';
import { BLANK, type Line, line, span } from '../text/line.ts';
import { type Column, heading, pairs, table } from '../text/table.ts';
import { marketRequest } from './market-request.ts';

const PATTERN_COLUMNS: readonly Column<PatternView>[] = [
  { title: 'PATTERN', cell: ({ label }) => label },
  { title: 'SIDE', cell: ({ direction }) => span(direction, 'muted') },
  { title: 'AGE', cell: ({ age }) => (age === 0 ? 'newest candle' : `${countText(age, 'candle')} ago`) },
];

/** Regime, reasons, higher intervals, patterns and every fact; nothing is spawned and nothing is written down. */
export const runAnalyse: Run<ArgsOf<'analyse'>> = (args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const answer = await client.invoke('cycle.analyse', marketRequest(args, context.cwd));
    const { assessment, facts, patterns, higherTimeframes, asOf, dataAgeMs, marketSource } = answer;
    const cited = new Set(assessment.evidence.map(({ id }) => id));
    const rows: (readonly [string, Line])[] = [
      ['Regime', regimeLine(assessment)],
      ...assessment.reasons.map((reason, index) => [index === 0 ? 'Because' : '', line(reason)] as const),
      ...higherTimeframes.flatMap(({ interval, reasons }) =>
        reasons.map((reason, index) => [index === 0 ? `On ${interval}` : '', line(reason)] as const),
      ),
      ['Moment', line(moment(asOf), span(`, newest candle ${ageText(dataAgeMs)} old`, 'muted'))],
      ['Market', line(marketSource)],
    ];
    context.output.lines([
      [span(args.instrument ?? 'BTC/USDT', 'strong')],
      ...pairs(rows),
      ...heading(
        countText(patterns.length, 'pattern'),
        span('completed by the newest 48 candles; docs/patterns.md says how often chance draws them', 'muted'),
      ),
      ...(patterns.length === 0 ? [] : table(PATTERN_COLUMNS, patterns)),
      ...heading(countText(facts.length, 'fact'), span('those that decided are marked', 'muted')),
      ...table(
        [
          { title: '', cell: ({ id }) => (cited.has(id) ? span('•', 'accent') : '') },
          { title: 'ID', cell: ({ id }) => span(id, 'muted') },
          { title: 'FACT', cell: ({ label }) => label },
          { title: 'VALUE', cell: (view) => fact(view), align: 'right' },
        ],
        facts,
        1,
      ),
      BLANK,
    ]);
    context.output.answer(answer);
    return 0;
  });
