import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { EngineParts } from '../parts.ts';

type PromptHandlers = Pick<AppHandlers, 'prompts.list' | 'prompts.show' | 'prompts.edit' | 'prompts.restore'>;

export const createPromptHandlers = ({ prompts, market }: EngineParts): PromptHandlers => ({
  'prompts.list': () => [...prompts.list()],
  'prompts.show': ({ id }) => prompts.show(id),
  'prompts.edit': ({ id, text, reason }) => prompts.edit(id, text, reason, market.clock.now()),
  'prompts.restore': ({ id, version, reason }) => prompts.restore(id, version, reason, market.clock.now()),
});
