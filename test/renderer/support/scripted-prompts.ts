import type { AppHandlers } from '#shared/contract/app-contract.ts';
import { ContractError } from '#shared/contract/errors.ts';
import type { PromptPartDetail } from '#shared/contract/prompts.ts';
import { NOW } from './sample-market.ts';

const TEXT = 'You propose; code sizes, checks and sends. You decide once for each closed {{interval}} candle.';
const HASH = 'c0'.repeat(32);

/** Two parts: one that may be edited, one that may not. */
export function createScriptedPrompts(): Pick<
  AppHandlers,
  'prompts.list' | 'prompts.show' | 'prompts.edit' | 'prompts.restore'
> {
  let text = TEXT;
  const history: PromptPartDetail['history'] = [];
  const part = (id: string) => ({
    id,
    purpose: id === 'role' ? 'Says what the agent is.' : 'Asks the local model for the regime of the market.',
    version: 1 + history.length,
    hash: HASH,
    edited: id === 'role' && text !== TEXT,
    fixed: id === 'role' ? null : 'scores and receipts of the model rest on this question',
    placeholders: ['interval'],
  });
  const detail = (id: string): PromptPartDetail => ({
    part: part(id),
    text,
    shipped: TEXT,
    lines:
      text === TEXT
        ? [{ kind: 'same', text: TEXT }]
        : [
            { kind: 'removed', text: TEXT },
            { kind: 'added', text },
          ],
    history: history.toReversed(),
  });
  const keep = (next: string, edited: boolean, reason: string): PromptPartDetail => {
    history.push({ version: history.length + 2, ts: NOW, reason, text: edited ? next : null });
    text = next;
    return detail('role');
  };
  return {
    'prompts.list': () => [part('role'), part('analyst-system')],
    'prompts.show': ({ id }) => detail(id),
    'prompts.edit'({ text: next, reason }) {
      if (!next.includes('{{interval}}'))
        throw new ContractError({
          code: 'rejected',
          reason: 'bad_data',
          message: 'prompt part role.md: declares {{interval}} but never uses it',
          remedy: 'Correct role.md, or restore the original.',
        });
      return keep(next, true, reason);
    },
    'prompts.restore': ({ reason }) => keep(TEXT, false, reason),
  };
}
