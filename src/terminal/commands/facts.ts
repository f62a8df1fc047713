import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { factText } from '#shared/format/facts.ts';
import { ageText } from '#shared/format/time.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { line, span } from '../text/line.ts';
import { heading, pairs, table } from '../text/table.ts';

/** What a run judged by, fact by fact, and what each of them was computed from. */
export const runFacts: Run<ArgsOf<'facts'>> = ({ run, fact: wanted }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const all = await client.invoke('receipts.facts', { run });
    const facts =
      wanted === undefined ? all.facts : all.facts.filter(({ id }) => id.toLowerCase() === wanted.toLowerCase());
    if (facts.length === 0 && wanted !== undefined)
      throw new Fault('not_found', `run ${all.runId} has no fact ${wanted}`, `list them with mt facts ${run}`);
    context.output.lines([
      [span(all.runId, 'strong'), span(`  cycle ${all.cycle}`, 'muted')],
      ...pairs([
        ['Market', line(`${all.instrument} ${all.interval}, ${all.marketSource}`)],
        ['As of', line(moment(all.asOf), span(`, newest candle ${ageText(all.dataAgeMs)} old`, 'muted'))],
        ['Candles', line(`${all.candles}, ${moment(all.firstOpen)} to ${moment(all.lastClose)}, ${all.gaps} gaps`)],
        ['Snapshot', line(all.snapshotHash)],
        ['Context', line(all.contextHash)],
        ['Record', line(`${all.recordSeq}`, span(`  ${all.recordHash}`, 'muted'))],
        ['Model', line(all.asked ? `asked about them: mt receipt ${all.cycle}` : 'none was asked')],
      ]),
      ...heading('Facts'),
      ...table(
        [
          { title: 'ID', cell: ({ id }) => id },
          { title: '', cell: ({ cited }) => (cited ? span('*', 'accent') : '') },
          { title: 'FACT', cell: ({ label }) => label },
          { title: 'VALUE', cell: (fact) => factText(fact), align: 'right' },
        ],
        facts,
        2,
      ),
    ]);
    context.output.answer({ ...all, facts });
    return EXIT.ok;
  });
