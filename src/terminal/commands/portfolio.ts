import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { PortfolioEvent, ProfitView } from '#shared/contract/profit.ts';
import { utcText } from '#shared/format/time.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

const profitLines = (view: ProfitView): readonly Line[] =>
  pairs([
    ['locked', line(`${view.locked} ${view.asset}`)],
    ['rule', line(`a share of ${view.share} of each new profit of ${view.threshold} ${view.asset} or more`)],
    ['realised', line(`${view.realised} ${view.asset}, new above ${view.highWater}`)],
    ['at work', line(`${view.atWork} of ${view.equity} ${view.asset}`)],
  ]);

export const runProfitShow: Run<ArgsOf<'portfolio.profit.show'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const view = await client.invoke('portfolio.profit', {});
    context.output.lines(profitLines(view));
    context.output.answer(view);
    return EXIT.ok;
  });

export const runProfitSet: Run<ArgsOf<'portfolio.profit.set'>> = ({ share, threshold, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    if (share === undefined && threshold === undefined)
      throw new Fault('usage', 'nothing is to be changed', 'give --share, --threshold or both');
    const view = await client.invoke('portfolio.set_profit_lock', {
      ...(share === undefined ? {} : { share }),
      ...(threshold === undefined ? {} : { threshold }),
      ...(reason === undefined ? {} : { reason }),
    });
    context.output.lines(profitLines(view));
    context.output.answer(view);
    return EXIT.ok;
  });

export const runProfitRelease: Run<ArgsOf<'portfolio.profit.release'>> = ({ amount, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const view = await client.invoke('portfolio.release_profit', {
      reason,
      ...(amount === undefined ? {} : { amount }),
    });
    context.output.lines([line(`${view.released} ${view.asset} may be risked again.`), ...profitLines(view)]);
    context.output.answer(view);
    return EXIT.ok;
  });

export const runPortfolioLog: Run<ArgsOf<'portfolio.log'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const events = await client.invoke('portfolio.log', { limit: 100 });
    context.output.lines(
      table<PortfolioEvent>(
        [
          { title: 'WHEN', cell: ({ at }) => utcText(at) },
          { title: 'WHAT', cell: ({ what }) => what },
          { title: 'WHY', cell: ({ why }) => span(why, 'muted') },
        ],
        events,
      ),
    );
    context.output.answer({ events });
    return EXIT.ok;
  });

export const runPortfolioExport: Run<ArgsOf<'portfolio.export'>> = (args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const file = await client.invoke('portfolio.export', args);
    context.output.lines(
      file.csv
        .trimEnd()
        .split('\n')
        .map((text) => line(text)),
    );
    context.output.answer(file);
    return EXIT.ok;
  });
