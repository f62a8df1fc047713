import { z } from 'zod';
import { command } from './command.ts';
import { FORM, pathArg, positional } from './fields.ts';

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

/** For programs of the master's own. */
export const apiCommands = [describe] as const;
