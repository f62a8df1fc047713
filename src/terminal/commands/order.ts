import type { ArgsOf } from '#shared/commands/registry.ts';
import type { ManualBook, OrderOutcome, OrderPreview } from '#shared/contract/orders.ts';
import { moneyText, percentText, quantityText } from '#shared/format/figures.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import type { Session } from '../session.ts';
import { price } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { heading, table } from '../text/table.ts';
import { fillLines, orderLines } from '../text/trade-lines.ts';
import { onceConnected } from '../wait-for-accounts.ts';

const account = (name: string, environment: string): Line =>
  line(span(name, 'strong'), span(`  ${environment.toUpperCase()}`, 'muted'));

/** An engine of our own ends with the command, and what would open something new ends with it. */
const endsWithUs = ({ attached }: Session, { status, purpose }: OrderOutcome['order']): boolean =>
  !attached && purpose === 'entry' && (status === 'accepted' || status === 'partially_filled');

function tell(outcome: OrderOutcome, session: Session, { output }: Context): number {
  const { order, protection, fills, checks } = outcome;
  output.lines([
    account(outcome.account, outcome.environment),
    ...orderLines([order, ...protection]),
    ...(fills.length === 0 ? [] : [...heading('Fills'), ...fillLines(fills)]),
    line(span(`  ${checks.length} checks of the risk gate passed; order ${order.clientOrderId}`, 'muted')),
  ]);
  if (endsWithUs(session, order))
    output.note('No engine runs on this folder, so the order is canceled now. For orders that wait, run one: mt up');
  output.answer(outcome);
  return order.status === 'rejected' ? EXIT.failed : EXIT.ok;
}

const bookLines = (book: ManualBook): readonly Line[] => [
  account(book.account, book.environment),
  ...(book.orders.length === 0 ? [line('  No orders by hand yet: mt order buy INSTRUMENT QUANTITY --stop PRICE')] : []),
  ...(book.orders.length === 0
    ? []
    : table(
        [
          { title: 'ORDER', cell: ({ clientOrderId }) => span(clientOrderId, 'strong') },
          { title: 'MARKET', cell: ({ instrument }) => instrument },
          { title: 'FOR', cell: ({ purpose }) => purpose },
          { title: 'SIDE', cell: ({ side }) => side },
          { title: 'QUANTITY', cell: ({ quantity }) => quantityText(quantity), align: 'right' },
          { title: 'FILLED', cell: ({ filledQuantity }) => quantityText(filledQuantity), align: 'right' },
          {
            title: 'PRICE',
            cell: (order) => (order.price === undefined ? 'market' : price(order.price, order.priceDecimals)),
            align: 'right',
          },
          {
            title: 'STATUS',
            cell: ({ status, reason }) => `${status.replace('_', ' ')}${reason === undefined ? '' : `: ${reason}`}`,
          },
        ],
        book.orders,
      )),
  ...(book.fills.length === 0 ? [] : [...heading('Fills'), ...fillLines(book.fills)]),
  ...(book.holdings.length === 0
    ? []
    : [
        ...heading('Held by hand'),
        ...book.holdings.map(({ instrument, quantity }) => line('  ', quantityText(quantity), ' of ', instrument)),
      ]),
];

export const runOrderBuy: Run<ArgsOf<'order.buy'>> = (args, context) =>
  withSession(context, 'trade', async (session) =>
    tell(
      await onceConnected(session, args.account, () => session.client.invoke('orders.place', { ...args, side: 'buy' })),
      session,
      context,
    ),
  );

export const runOrderSell: Run<ArgsOf<'order.sell'>> = (args, context) =>
  withSession(context, 'trade', async (session) =>
    tell(
      await onceConnected(session, args.account, () =>
        session.client.invoke('orders.place', { ...args, side: 'sell' }),
      ),
      session,
      context,
    ),
  );

const previewLines = (seen: OrderPreview): readonly Line[] => {
  const money = (text: string): string => moneyText(text, seen.quoteAsset, { ascii: true });
  const { worst, refusal } = seen;
  return [
    account(seen.account, seen.environment),
    line(
      `  ${seen.side} ${quantityText(seen.quantity)} of ${seen.instrument} at ${price(seen.price, seen.priceDecimals)}: ${money(seen.notional)}`,
    ),
    line(`  fee ${money(seen.fee)}; ${seen.side === 'buy' ? 'takes at most' : 'brings about'} ${money(seen.cash)}`),
    ...(worst === null
      ? []
      : [
          line(
            `  lost at the stop ${money(worst.atStop)}, a gap may add ${money(worst.gap)}: ${percentText(worst.ofEquity)} of the equity`,
          ),
        ]),
    refusal === null
      ? line(span(`  the risk gate would let it through: ${seen.checks.length} checks`, 'muted'))
      : line(span(`  the risk gate would refuse it: ${refusal.reason} (${refusal.check}); ${refusal.remedy}`, 'warn')),
  ];
};

export const runOrderPreview: Run<ArgsOf<'order.preview'>> = (args, context) =>
  withSession(context, 'view', async (session) => {
    const seen = await onceConnected(session, args.account, () => session.client.invoke('orders.preview', args));
    context.output.lines(previewLines(seen));
    context.output.answer(seen);
    return EXIT.ok;
  });

export const runOrderClose: Run<ArgsOf<'order.close'>> = (args, context) =>
  withSession(context, 'trade', async (session) =>
    tell(
      await onceConnected(session, args.account, () => session.client.invoke('orders.close', args)),
      session,
      context,
    ),
  );

export const runOrderCancel: Run<ArgsOf<'order.cancel'>> = ({ id, ...which }, context) =>
  withSession(context, 'trade', async (session) => {
    const book = await onceConnected(session, which.account, () =>
      session.client.invoke('orders.cancel', { ...which, clientOrderId: id }),
    );
    context.output.lines(bookLines(book));
    context.output.answer(book);
    return EXIT.ok;
  });

export const runOrderTighten: Run<ArgsOf<'order.tighten'>> = (args, context) =>
  withSession(context, 'trade', async (session) => {
    const moved = await onceConnected(session, args.account, () => session.client.invoke('orders.tighten', args));
    context.output.lines([
      account(moved.agentId, moved.environment),
      line(
        `  stop of ${quantityText(moved.quantity)} of ${moved.instrument} moved from ${price(moved.from, moved.priceDecimals)} to ${price(moved.to, moved.priceDecimals)}`,
      ),
      line(span(`  ${moved.checks.length} checks of the risk gate passed`, 'muted')),
    ]);
    context.output.answer(moved);
    return EXIT.ok;
  });

export const runOrderList: Run<ArgsOf<'order.ls'>> = (args, context) =>
  withSession(context, 'view', async (session) => {
    const book = await onceConnected(session, args.account, () => session.client.invoke('orders.list', args));
    context.output.lines(bookLines(book));
    context.output.answer(book);
    return EXIT.ok;
  });
