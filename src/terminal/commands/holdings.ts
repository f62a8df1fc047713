import type { ArgsOf } from '#shared/commands/registry.ts';
import type { PortfolioView } from '#shared/contract/portfolio.ts';
import { trimmed } from '#shared/format/decimal-text.ts';
import { quantityText } from '#shared/format/figures.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { environmentChip } from '../text/cycle-lines.ts';
import { moment, money, percent, price, signedMoney } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { heading, pairs, table } from '../text/table.ts';
import { fillLines, orderLines } from '../text/trade-lines.ts';

const NEWEST = 20;

export const runPortfolioShow: Run<ArgsOf<'portfolio.show'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const view = await client.invoke('portfolio.get', {});
    context.output.lines(portfolioLines(view));
    context.output.answer(view);
    return EXIT.ok;
  });

function portfolioLines(view: PortfolioView): readonly Line[] {
  const { quoteAsset, openOrders, fills } = view;
  // What was sold again is no position; its fills stand below.
  const positions = view.positions.filter(({ quantity }) => trimmed(quantity) !== '0');
  return [
    line(environmentChip(view.environment), span(`  ${moment(view.asOf)}  ${view.basis}`, 'muted')),
    ...pairs([
      ['Equity', line(span(money(view.equity, quoteAsset), 'strong'), `  drawdown ${percent(view.drawdownFraction)}`)],
      ['Cash', line(money(view.cash, quoteAsset))],
      ['Realised', line(signedMoney(view.realisedPnl, quoteAsset), span('  before fees', 'muted'))],
      ['Unrealised', line(signedMoney(view.unrealisedPnl, quoteAsset))],
      ['Fees', line(money(view.fees, quoteAsset), span('  paid so far, taken off the equity', 'muted'))],
    ]),
    ...heading('Positions'),
    ...(positions.length === 0
      ? [line(span('  Nothing is held.', 'muted'))]
      : table(
          [
            { title: 'MARKET', cell: ({ instrument }) => span(instrument, 'strong') },
            { title: 'QUANTITY', cell: ({ quantity }) => quantityText(quantity), align: 'right' },
            {
              title: 'AVERAGE',
              cell: ({ averagePrice, priceDecimals }) =>
                averagePrice === null ? '' : price(averagePrice, priceDecimals),
              align: 'right',
            },
            {
              title: 'LAST',
              cell: ({ lastPrice, priceDecimals }) => (lastPrice === null ? '' : price(lastPrice, priceDecimals)),
              align: 'right',
            },
            { title: 'VALUE', cell: ({ value }) => money(value, quoteAsset), align: 'right' },
            {
              title: 'UNREALISED',
              cell: ({ unrealisedPnl }) => signedMoney(unrealisedPnl, quoteAsset),
              align: 'right',
            },
          ],
          positions,
        )),
    ...heading('Open orders'),
    ...(openOrders.length === 0 ? [line(span('  None rests.', 'muted'))] : orderLines(openOrders)),
    ...(fills.length === 0
      ? []
      : [
          ...heading('Fills', span(`newest ${Math.min(NEWEST, fills.length)} of ${fills.length}`, 'muted')),
          ...fillLines(fills.slice(-NEWEST)),
        ]),
  ];
}
