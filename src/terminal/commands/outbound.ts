import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { OutboundSettingView, OutboundView } from '#shared/contract/outbound.ts';
import { type Context, type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { stdinLines } from '../secrets/credentials.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, printable, span } from '../text/line.ts';
import { table } from '../text/table.ts';

const NOWHERE = line(span('Nothing is sent outside of this machine.', 'muted'));

const placeOf = (setting: OutboundSettingView): string => {
  if (setting.channel === 'webhook') return setting.url;
  if (setting.channel === 'telegram') return `chat ${setting.chat} by ${setting.api}`;
  return `${setting.to} by ${setting.host}:${setting.port}`;
};
const channelLines = ({ channels }: OutboundView): readonly Line[] =>
  channels.length === 0
    ? [NOWHERE]
    : table<OutboundView['channels'][number]>(
        [
          { title: 'CHANNEL', cell: ({ setting }) => setting.channel },
          { title: 'TO', cell: ({ setting }) => printable(placeOf(setting)) },
          { title: 'FROM URGENCY', cell: ({ setting }) => setting.least },
          { title: 'AMOUNTS', cell: ({ setting }) => (setting.amounts ? 'shown' : 'hidden') },
          { title: 'SECRET', cell: ({ ready }) => (ready ? 'kept' : span('missing', 'warn')) },
        ],
        channels,
      );

export const runOutboundShow: Run<ArgsOf<'outbound.show'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const view = await client.invoke('outbound.show', {});
    context.output.lines(channelLines(view));
    context.output.answer(view);
    return EXIT.ok;
  });

async function secretFor(context: Context, stdin: boolean, what: string): Promise<string> {
  const secret = (
    stdin ? ((await stdinLines(context.prompt, stdin, 1))[0] ?? '') : await context.prompt.hidden(what)
  ).trim();
  if (secret !== '') return secret;
  throw new Fault('usage', 'no secret was given', 'type it when it is asked for, or give it with --stdin');
}

const set = (context: Context, setting: OutboundSettingView, stdin: boolean, what: string, user?: string) =>
  withSession(context, 'trade', async ({ client }) => {
    const secret = await secretFor(context, stdin, what);
    const view = await client.invoke('outbound.set', { setting, secret, ...(user === undefined ? {} : { user }) });
    context.output.lines([...channelLines(view), line(`Try it: mt outbound test ${setting.channel}`)]);
    context.output.answer(view);
    return EXIT.ok;
  });

export const runOutboundWebhook: Run<ArgsOf<'outbound.webhook'>> = ({ url, least, amounts, stdin }, context) =>
  set(context, { channel: 'webhook', url, least, amounts }, stdin, 'Secret for the signature');

export const runOutboundTelegram: Run<ArgsOf<'outbound.telegram'>> = ({ chat, api, least, amounts, stdin }, context) =>
  set(context, { channel: 'telegram', chat, api, least, amounts }, stdin, 'Token of the bot');

export const runOutboundEmail: Run<ArgsOf<'outbound.email'>> = (
  { to, host, port, from, user, least, amounts, stdin },
  context,
) =>
  set(
    context,
    { channel: 'email', host, port, from, to, least, amounts },
    stdin,
    'Password of the mail account',
    user ?? from,
  );

export const runOutboundTest: Run<ArgsOf<'outbound.test'>> = ({ channel }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const answer = await client.invoke('outbound.test', { channel });
    context.output.lines([line(span(`The test has arrived by ${channel}.`, 'up'))]);
    context.output.answer(answer);
    return EXIT.ok;
  });

export const runOutboundRemove: Run<ArgsOf<'outbound.remove'>> = ({ channel }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const view = await client.invoke('outbound.remove', { channel });
    context.output.lines(channelLines(view));
    context.output.answer(view);
    return EXIT.ok;
  });

export const runOutboundLog: Run<ArgsOf<'outbound.log'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const answer = await client.invoke('outbound.log', {});
    context.output.lines(
      answer.entries.length === 0
        ? [line(span('Nothing has been sent outside yet.', 'muted'))]
        : table(
            [
              { title: 'AT', cell: ({ at }) => moment(at) },
              { title: 'CHANNEL', cell: ({ channel }) => channel },
              { title: 'HOST', cell: ({ host }) => printable(host) },
              { title: 'KIND', cell: ({ kind }) => kind },
              { title: 'OUTCOME', cell: ({ outcome }) => span(outcome, outcome === 'sent' ? 'plain' : 'warn') },
              { title: 'TRY', cell: ({ tries }) => String(tries), align: 'right' },
            ],
            answer.entries,
          ),
    );
    context.output.answer(answer);
    return EXIT.ok;
  });
