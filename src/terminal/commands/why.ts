import { resolve } from 'node:path';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AblationView } from '#shared/contract/receipts.ts';
import { confidenceText } from '#shared/format/figures.ts';
import { countText, regimeName } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, span } from '../text/line.ts';
import { heading, pairs, table } from '../text/table.ts';

const labelText = ({ regime, bias, confidence, why }: AblationView['original']): string =>
  regime === null
    ? `no label: ${why ?? ''}`
    : `${regimeName(regime).toLowerCase()}, bias ${bias ?? 'none'}, confidence ${confidenceText(confidence ?? 0)}`;

function ablationLines(ablation: AblationView): readonly Line[] {
  const { original, reproduces, blocks, decisive } = ablation;
  return [
    ...pairs([
      ['Judged', line(labelText(original))],
      [
        'Decided by',
        original.regime === null
          ? line(span('nothing: it gave no label', 'warn'))
          : !reproduces
            ? line(span('unknown: asked again with nothing removed it says something else', 'warn'))
            : decisive.length === 0
              ? line('no single block: with any one of them removed it says the same')
              : line(span(decisive.join(', '), 'strong')),
      ],
    ]),
    ...table(
      [
        { title: 'WITHOUT', cell: ({ block }) => block },
        { title: 'FACTS', cell: ({ facts }) => String(facts), align: 'right' },
        { title: '', cell: ({ flips }) => (flips ? span('flips', 'accent') : '') },
        { title: 'IT SAYS', cell: ({ label }) => (label === null ? 'it was shown none of these' : labelText(label)) },
      ],
      blocks,
      3,
    ),
  ];
}

/** Which evidence a run's judgement rests on: asked again with one block removed at a time. */
export const runWhy: Run<ArgsOf<'why'>> = ({ run, model }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const why = await client.invoke('receipts.why', {
      run,
      ...(model === undefined ? {} : { model: resolve(context.cwd, model) }),
    });
    const { memory } = why;
    context.output.lines([
      [span(why.runId, 'strong'), span(`  cycle ${why.cycle}`, 'muted')],
      ...heading('The rules'),
      ...ablationLines(why.rules),
      ...heading('The model'),
      ...(why.model === null ? [line('  ', why.modelWhy ?? '')] : ablationLines(why.model)),
      ...heading('Memory'),
      line(
        '  ',
        memory.flips
          ? 'without memory it would have traded'
          : `${countText(memory.recalled, 'lesson')} recalled${memory.factor === null ? '' : `, ${memory.factor === '1' ? 'all' : memory.factor} of the risk left`}`,
      ),
    ]);
    context.output.answer(why);
    return EXIT.ok;
  });
