import { randomBytes } from 'node:crypto';
import type { ArgsOf } from '#shared/commands/registry.ts';
import type { TokenView } from '#shared/contract/tokens.ts';
import { countText } from '#shared/format/names.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { moment } from '../text/figures.ts';
import { type Line, line, span } from '../text/line.ts';
import { table } from '../text/table.ts';

const TOKEN_BYTES = 32;

const endOf = ({ expiresAt, expired }: TokenView) =>
  expiresAt === null
    ? 'when it is revoked'
    : span(`${moment(expiresAt)}${expired ? ', over' : ''}`, expired ? 'warn' : 'muted');

const tokenLines = (tokens: readonly TokenView[]): readonly Line[] =>
  tokens.length === 0
    ? [line('No program has a token of its own. mt api token new NAME --scope view makes one.')]
    : [
        line(span(countText(tokens.length, 'token'), 'strong')),
        ...table(
          [
            { title: 'Name', cell: ({ name }) => name },
            { title: 'May', cell: ({ scope }) => (scope === 'view' ? 'look' : 'look and act') },
            { title: 'Made', cell: ({ madeAt }) => moment(madeAt) },
            { title: 'Ends', cell: endOf },
          ],
          tokens,
        ),
      ];

/** Made here and shown once; the engine keeps its hash. */
export const runTokenNew: Run<ArgsOf<'api.token.new'>> = ({ name, scope, expires }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const token = randomBytes(TOKEN_BYTES).toString('hex');
    const { tokens } = await client.invoke('tokens.make', { name, scope, expiresAt: expires ?? null, token });
    const made = tokens.find((one) => one.name === name);
    if (made === undefined) throw new TypeError(`the token ${name} was made and is not listed`);
    context.output.lines([
      line(span(`Token ${name}, shown this once:`, 'strong')),
      line(token),
      line(span('A program sends it as "Authorization: Bearer TOKEN"; see docs/api.md.', 'muted')),
    ]);
    context.output.answer({ token, made });
    return EXIT.ok;
  });

export const runTokenList: Run<ArgsOf<'api.token.ls'>> = (_args, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const list = await client.invoke('tokens.list', {});
    context.output.lines(tokenLines(list.tokens));
    context.output.answer(list);
    return EXIT.ok;
  });

export const runTokenRevoke: Run<ArgsOf<'api.token.revoke'>> = ({ name }, context) =>
  withSession(context, 'trade', async ({ client }) => {
    const list = await client.invoke('tokens.revoke', { name });
    context.output.lines([line(span(`The token ${name} is revoked.`, 'up')), ...tokenLines(list.tokens)]);
    context.output.answer(list);
    return EXIT.ok;
  });
