import type { ArgsOf, CommandId } from '#shared/commands/registry.ts';
import type { Run } from '../context.ts';

/** What runs each command of the registry, with exactly its arguments. */
export type Runners = { readonly [Id in CommandId]: Run<ArgsOf<Id>> };
