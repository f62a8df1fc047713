import { DETECT_ONLY_FAMILIES, detectOnlyFamily } from '#core/domain/detect-only.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { StrategySwitch, StrategyView } from '#shared/contract/strategies.ts';
import { countText, familyName, regimeName } from '#shared/format/names.ts';
import { utcText } from '#shared/format/time.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

const answers = ({ regimes }: StrategyView): string =>
  regimes.length === 0 ? 'back-tests only' : regimes.map((regime) => regimeName(regime).toLowerCase()).join(', ');

export const runStrategyList: Run<ArgsOf<'strategies.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const strategies = await client.invoke('strategies.list', {});
    const [titles = [], ...rows] = table<StrategyView>(
      [
        { title: 'NAME', cell: ({ name }) => span(name, 'strong') },
        { title: 'ANSWERS', cell: answers },
        { title: 'NEEDS', cell: ({ needs }) => needs ?? '-' },
      ],
      strategies,
    );
    // What a strategy does is a sentence: in a column of its own it made the table 175 cells wide.
    context.output.lines([
      titles,
      ...rows.flatMap((row, at) => [row, line(span(`    ${strategies[at]?.summary ?? ''}`, 'muted'))]),
      ...DETECT_ONLY_FAMILIES.flatMap(({ name, why, remedy }) => [
        line(span(`  ${name} is detect-only: ${why}.`, 'muted')),
        line(span(`    ${remedy}`, 'muted')),
      ]),
    ]);
    context.output.answer({ strategies });
    return EXIT.ok;
  });

export const runStrategySwitches: Run<ArgsOf<'strategies.switches'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const switches = await client.invoke('strategies.switches', { limit: 100 });
    context.output.lines(
      table<StrategySwitch>(
        [
          { title: 'WHEN', cell: ({ at }) => utcText(at) },
          { title: 'MARKET', cell: ({ instrument, interval }) => `${instrument} ${interval}` },
          { title: 'FROM', cell: ({ from }) => from.family },
          { title: 'TO', cell: ({ to }) => to.family },
          { title: 'CAUSE', cell: ({ cause }) => cause },
          { title: 'WHY', cell: ({ why }) => span(why, 'muted') },
        ],
        switches,
      ),
    );
    context.output.answer({ switches });
    return EXIT.ok;
  });

export const runStrategyShow: Run<ArgsOf<'strategies.show'>> = ({ name }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const strategies = await client.invoke('strategies.list', {});
    const measured = detectOnlyFamily(name);
    if (measured !== undefined)
      throw new Fault('unsupported', `${name} is detect-only: ${measured.why}`, measured.remedy);
    const found = strategies.find((strategy) => strategy.name === name);
    if (found === undefined)
      throw new Fault(
        'not_found',
        `there is no strategy "${name}"`,
        `Choose one of: ${strategies.map((one) => one.name).join(', ')}.`,
      );
    context.output.lines([
      line(span(familyName(found.name), 'strong')),
      ...pairs([
        ['does', line(found.summary)],
        ['not when', line(found.notWhen)],
        ['answers', line(answers(found))],
        ['needs', line(found.needs ?? 'candles only')],
        ['buys', line(found.parts === 1 ? 'at once' : `in ${countText(found.parts, 'equal part')}`)],
        ['first decision', line(`after ${countText(found.warmUp, 'closed candle')}`)],
      ]),
      line(''),
      ...table<StrategyView['parameters'][number]>(
        [
          { title: 'PARAMETER', cell: (one) => one.name },
          { title: 'USUAL', cell: ({ usual }) => String(usual), align: 'right' },
          { title: 'BOUNDS', cell: ({ least, most, whole }) => `${least}..${most}${whole ? ', whole' : ''}` },
          { title: 'MEANING', cell: ({ summary }) => summary },
        ],
        found.parameters,
      ),
    ]);
    context.output.answer(found);
    return EXIT.ok;
  });
