import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AppOutput } from '#shared/contract/app-contract.ts';
import type { RebalanceView } from '#shared/contract/rebalance.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { type Line, line, span } from '../text/line.ts';
import { pairs, table } from '../text/table.ts';

const targetLines = ({ targets }: AppOutput<'portfolio.targets'>): readonly Line[] =>
  targets === null
    ? [line('No target weights are set.')]
    : pairs([
        ...Object.entries(targets.weights).map(([symbol, weight]) => [symbol, line(weight)] as const),
        ['band', line(targets.band)],
        ['least trade', line(targets.minNotional)],
        ['stop', line(`${targets.stop} below the price`)],
      ]);

export const runTargetsShow: Run<ArgsOf<'portfolio.targets.show'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const answer = await client.invoke('portfolio.targets', {});
    context.output.lines(targetLines(answer));
    context.output.answer(answer);
    return EXIT.ok;
  });

/** `BTC/USDT=0.2`. */
function weightOf(text: string): readonly [symbol: string, weight: string] {
  const [, symbol, weight] = /^([A-Za-z0-9]+\/[A-Za-z0-9]+)=([01](?:\.\d{1,12})?)$/.exec(text) ?? [];
  if (symbol === undefined || weight === undefined)
    throw new Fault('usage', `${JSON.stringify(text)} is not a weight`, 'write it as BTC/USDT=0.2, from 0 to 1');
  return [symbol.toUpperCase(), weight];
}

export const runTargetsSet: Run<ArgsOf<'portfolio.targets.set'>> = ({ weights, ...rest }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const read = Object.fromEntries(weights.map(weightOf));
    const answer = await client.invoke('portfolio.set_targets', { ...rest, weights: read });
    context.output.lines(targetLines(answer));
    context.output.answer(answer);
    return EXIT.ok;
  });

export const runRebalance: Run<ArgsOf<'portfolio.rebalance'>> = ({ preview }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const view = await client.invoke('portfolio.rebalance', { preview });
    const nothing = view.trades.length === 0 && view.left.length === 0;
    context.output.lines([
      ...(nothing ? [line('Every weight is inside the band.')] : []),
      ...(view.trades.length === 0
        ? []
        : table<RebalanceView['trades'][number]>(
            [
              { title: 'INSTRUMENT', cell: ({ instrument }) => instrument },
              { title: 'ORDER', cell: ({ side, quantity }) => `${side} ${quantity}` },
              { title: 'IS', cell: ({ outcome, detail }) => `${outcome} ${detail}`.trim() },
              { title: 'WHY', cell: ({ why }) => span(why, 'muted') },
            ],
            view.trades,
          )),
      ...view.left.map(({ instrument, why }) => line(span(`  ${instrument} is left: ${why}`, 'muted'))),
    ]);
    context.output.answer(view);
    return EXIT.ok;
  });
