import { z } from 'zod';
import { tokenList, tokenName, tokenScope, tokenView } from '../contract/tokens.ts';
import { command } from './command.ts';
import { FORM, momentArg, option, pathArg, positional } from './fields.ts';

const describe = command({
  id: 'api.describe',
  words: ['api', 'describe'],
  summary: 'Write the description of the local API: OpenAPI for calls, AsyncAPI for events',
  detail:
    'Both come from the contract that this program speaks. Port and tokens of a running engine lie in run/engine.json; docs/api.md has an example.',
  risk: 'read',
  args: z.strictObject({ dir: positional(pathArg(), 'DIR', 'an existing folder, or a new one', FORM.path) }),
  examples: ['mt api describe api'],
  output: z.strictObject({ files: z.array(z.string()), calls: z.int(), events: z.int() }),
});

const NAME_FORM = 'small letters, digits and hyphens, at most 30';
// A schema of its own for each: the registry of arguments knows them by identity.
const nameArg = (summary: string) => positional(tokenName.clone(), 'NAME', summary, NAME_FORM);

const tokenNew = command({
  id: 'api.token.new',
  words: ['api', 'token', 'new'],
  summary: 'Make a token for a program of your own, and show it this once',
  detail:
    'Kept as its hash alone. A view token looks, a trade token also acts: it orders and stops, but approves nothing, raises nothing and changes no key. ' +
    'The access log names it when it comes. Without --expires it stands until it is revoked.',
  risk: 'admin',
  args: z.strictObject({
    name: nameArg('what you call it'),
    scope: option(tokenScope.clone(), 'SCOPE', 'view or trade', 'choose one of view, trade'),
    expires: option(momentArg().optional(), 'MOMENT', 'when it ends by itself', FORM.moment),
  }),
  examples: [
    'mt api token new dashboard --scope view',
    'mt api token new night-bot --scope trade --expires 2027-01-01',
  ],
  output: z.strictObject({ token: z.string(), made: tokenView }),
});

const tokenLs = command({
  id: 'api.token.ls',
  words: ['api', 'token', 'ls'],
  summary: 'List the tokens of programs: names, rights and ends',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt api token ls'],
  output: tokenList,
});

const tokenRevoke = command({
  id: 'api.token.revoke',
  words: ['api', 'token', 'revoke'],
  summary: 'End a token at once; whatever is connected with it learns nothing more',
  risk: 'reduce',
  args: z.strictObject({ name: nameArg('as mt api token ls names it') }),
  examples: ['mt api token revoke dashboard'],
  output: tokenList,
});

/** For programs of the master's own. */
export const apiCommands = [describe, tokenNew, tokenLs, tokenRevoke] as const;
