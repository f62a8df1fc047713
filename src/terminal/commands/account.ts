import type { ArgsOf } from '#shared/commands/registry.ts';
import type { AccountView } from '#shared/contract/accounts.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { exact } from '../text/figures.ts';
import { type Line, line, type Span, span } from '../text/line.ts';
import { table } from '../text/table.ts';
import { settledAccounts } from '../wait-for-accounts.ts';

const TONE = { connecting: 'muted', refused: 'danger', reconciling: 'warn', ready: 'up', broken: 'danger' } as const;

const stateSpan = ({ state, why }: AccountView): Span => span(why === null ? state : `${state}: ${why}`, TONE[state]);

const accountLines = (accounts: readonly AccountView[]): readonly Line[] =>
  accounts.length === 0
    ? [line('No accounts at venues. Store keys with mt keys add, then: mt account add NAME --exchange ID')]
    : [
        ...table(
          [
            { title: 'ACCOUNT', cell: ({ name }) => span(name, 'strong') },
            { title: 'AT', cell: ({ exchange, environment }) => `${exchange} ${environment}` },
            { title: 'TRADES', cell: ({ instruments }) => instruments.join(' ') },
            {
              title: 'EQUITY',
              cell: ({ equity, quoteAsset }) => (equity === null ? '' : `${exact(equity)} ${quoteAsset ?? ''}`),
            },
            { title: 'STATE', cell: stateSpan },
          ],
          accounts,
        ),
        ...accounts.flatMap(({ name, unresolved, foreign, streamLost }) => [
          ...(unresolved === 0
            ? []
            : [line(span(`  ${name}: ${countText(unresolved, 'order')} of unknown outcome`, 'warn'))]),
          ...(foreign.length === 0
            ? []
            : [
                line(span(`  ${name}: ${countText(foreign.length, 'order')} of somebody else, never touched`, 'muted')),
              ]),
          ...(streamLost
            ? [line(span(`  ${name}: the private stream is lost; the venue is asked instead`, 'warn'))]
            : []),
        ]),
      ];

export const runAccountList: Run<ArgsOf<'account.ls'>> = (_args, context) =>
  withSession(context, 'view', async ({ client }) => {
    const accounts = await settledAccounts(client);
    context.output.lines(accountLines(accounts));
    context.output.answer({ accounts });
    return EXIT.ok;
  });

export const runAccountAdd: Run<ArgsOf<'account.add'>> = ({ name, exchange, live, url, trade }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const added = await client.invoke('accounts.add', {
      name,
      exchange,
      environment: live ? 'live' : 'sandbox',
      instruments: trade,
      ...(url === undefined ? {} : { url }),
    });
    const account = (await settledAccounts(client, name)).find((one) => one.name === name) ?? added;
    context.output.lines(accountLines([account]));
    context.output.answer(account);
    return EXIT.ok;
  });

export const runAccountRemove: Run<ArgsOf<'account.remove'>> = ({ name }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const accounts = await client.invoke('accounts.remove', { name });
    context.output.lines(accountLines(accounts));
    context.output.answer({ accounts });
    return EXIT.ok;
  });

export const runAccountReset: Run<ArgsOf<'account.reset'>> = ({ name, cash, reason }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const portfolio = await client.invoke('accounts.reset', { account: name, cash, reason });
    context.output.lines([
      line(`The simulated account begins anew with ${exact(portfolio.equity)} ${portfolio.quoteAsset}.`),
      line(span('What was before stays in the records: mt portfolio log', 'muted')),
    ]);
    context.output.answer(portfolio);
    return EXIT.ok;
  });
