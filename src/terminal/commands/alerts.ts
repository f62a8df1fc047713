import { unixMs } from '#core/domain/ids.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AlertKindView, AlertView, PriceAlertView } from '#shared/contract/alerts.ts';
import { countText } from '#shared/format/names.ts';
import { alerts as words } from '#shared/i18n/en/alerts.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { price } from '../text/figures.ts';
import { type Line, line, printable, span, type Tone } from '../text/line.ts';
import { table } from '../text/table.ts';

const SHOWN = 20;
const TONES: Readonly<Record<AlertView['urgency'], Tone>> = { critical: 'warn', normal: 'plain', low: 'muted' };

export const runAlerts: Run<ArgsOf<'alerts'>> = ({ unread, limit }, context) =>
  withSession(context, 'view', async ({ client }) => {
    const answer = await client.invoke('alerts.list', { limit: limit ?? SHOWN, unreadOnly: unread });
    const rows = table<AlertView>(
      [
        { title: 'ID', cell: ({ id }) => String(id), align: 'right' },
        { title: 'AT', cell: ({ lastAt }) => utcText(unixMs(lastAt)).slice(0, 16) },
        { title: 'URGENCY', cell: ({ urgency }) => span(urgency, TONES[urgency]) },
        { title: 'N', cell: ({ count }) => String(count), align: 'right' },
        { title: 'ALERT', cell: ({ text, read }) => span(printable(text), read ? 'muted' : 'plain') },
        { title: 'TOLD', cell: ({ heldBack }) => span(heldBack === null ? 'yes' : `no: ${heldBack}`, 'muted') },
      ],
      answer.alerts,
    );
    context.output.lines(
      answer.alerts.length === 0
        ? [line(span('There is nothing to tell.', 'muted'))]
        : [...rows, line(`${countText(answer.unread, 'alert')} unread.`)],
    );
    context.output.answer(answer);
    return EXIT.ok;
  });

export const runAlertsRead: Run<ArgsOf<'alerts.read'>> = ({ id }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const answer = await client.invoke('alerts.read', { ids: id === undefined ? 'all' : [id] });
    context.output.lines([line(`${countText(answer.changed, 'alert')} marked as read; ${answer.unread} unread.`)]);
    context.output.answer(answer);
    return EXIT.ok;
  });

const MUTABLE: Readonly<Record<AlertKindView['mutable'], string>> = {
  yes: 'may be muted',
  'not live': 'always told of live accounts',
  never: 'always told',
};
const kindLines = (kinds: readonly AlertKindView[]): readonly Line[] =>
  table<AlertKindView>(
    [
      { title: 'KIND', cell: ({ kind }) => kind },
      { title: 'IS', cell: ({ kind }) => words.kinds[kind].title },
      { title: 'URGENCY', cell: ({ urgency }) => span(urgency, TONES[urgency]) },
      { title: 'STATE', cell: (kind) => span(stateOf(kind), kind.muted ? 'warn' : 'plain') },
      { title: 'MUTING', cell: ({ mutable }) => span(MUTABLE[mutable], 'muted') },
    ],
    kinds,
  );
const stateOf = ({ muted, onMade, onVenues }: AlertKindView): string => {
  if (muted) return 'muted';
  if (onMade === onVenues) return 'on';
  return onVenues ? 'on at venues' : 'on in the simulation';
};

export const runAlertKinds: Run<ArgsOf<'alerts.kinds'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const kinds = await client.invoke('alerts.kinds', {});
    context.output.lines(kindLines(kinds));
    context.output.answer({ kinds });
    return EXIT.ok;
  });

export const runAlertMute: Run<ArgsOf<'alerts.mute'>> = ({ kind, off }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const kinds = await client.invoke('alerts.mute', { kind, muted: !off });
    context.output.lines(kindLines(kinds.filter((one) => one.kind === kind)));
    context.output.answer({ kinds });
    return EXIT.ok;
  });

const marketOf = ({ market }: PriceAlertView): string => (market === 'simulated' ? 'the simulated market' : market);

export const runAlertPrice: Run<ArgsOf<'alert.price'>> = ({ instrument, side, level, venue, repeat }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const set = await client.invoke('alerts.price_set', {
      symbol: instrument,
      side,
      level,
      once: !repeat,
      ...(venue === undefined ? {} : { market: venue }),
    });
    const when = set.once ? 'once' : 'each time';
    context.output.lines([
      line(
        span(set.id, 'strong'),
        ` tells ${when} that ${set.symbol} is ${side} ${price(set.level, set.priceDecimals)} on ${marketOf(set)}.`,
      ),
      ...(set.watched ? [] : [line(span(`Nothing follows prices of ${marketOf(set)} at this moment.`, 'warn'))]),
    ]);
    context.output.answer(set);
    return EXIT.ok;
  });

const priceLines = (prices: readonly PriceAlertView[]): readonly Line[] =>
  prices.length === 0
    ? [line(span('No price alert is set.', 'muted'))]
    : table<PriceAlertView>(
        [
          { title: 'ID', cell: ({ id }) => id },
          { title: 'INSTRUMENT', cell: ({ symbol }) => symbol },
          { title: 'WHEN', cell: ({ side, level, priceDecimals }) => `${side} ${price(level, priceDecimals)}` },
          { title: 'PRICES OF', cell: marketOf },
          { title: 'TELLS', cell: ({ once }) => (once ? 'once' : 'each time') },
          { title: 'FOLLOWED NOW', cell: ({ watched }) => span(watched ? 'yes' : 'no', watched ? 'plain' : 'warn') },
        ],
        prices,
      );

export const runAlertPrices: Run<ArgsOf<'alert.prices'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const prices = await client.invoke('alerts.price_list', {});
    context.output.lines(priceLines(prices));
    context.output.answer({ prices });
    return EXIT.ok;
  });

export const runAlertRemove: Run<ArgsOf<'alert.remove'>> = ({ id }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const prices = await client.invoke('alerts.price_remove', { id });
    context.output.lines([line(`${id} is gone.`), ...priceLines(prices)]);
    context.output.answer({ prices });
    return EXIT.ok;
  });
