import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { PromptPartDetail, PromptPartView } from '#shared/contract/prompts.ts';
import { type Acting, AT_REST, actor } from './acting.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

export type PromptsStore = {
  readonly list: LoadedStore<readonly PromptPartView[]>;
  readonly open: StoreApi<Acting & { readonly id: string | null }>;
  readonly detail: LoadedStore<PromptPartDetail | null>;
  choose(id: string | null): void;
  /** Answers whether it was kept. */
  edit(text: string, reason: string): Promise<boolean>;
  restore(version: number | undefined, reason: string): Promise<boolean>;
};

export function createPromptsStore(client: AppClient): PromptsStore {
  const list = loadedStore<readonly PromptPartView[]>(() => client.invoke('prompts.list', {}));
  const open = createStore<Acting & { readonly id: string | null }>(() => ({ id: null, ...AT_REST }));
  const detail = loadedStore<PromptPartDetail | null>(async () => {
    const { id } = open.getState();
    return id === null ? null : client.invoke('prompts.show', { id });
  });
  const act = actor(open);
  const keep = async (ask: (id: string) => Promise<PromptPartDetail>): Promise<boolean> => {
    const { id } = open.getState();
    if (id === null) return false;
    const kept = await act(async () => detail.put(await ask(id)));
    if (kept) void list.refresh();
    return kept;
  };
  return {
    list,
    open,
    detail,
    choose(id) {
      open.setState({ id, error: null });
      detail.clear();
      void detail.refresh();
    },
    edit: (text, reason) => keep((id) => client.invoke('prompts.edit', { id, text, reason })),
    restore: (version, reason) =>
      keep((id) => client.invoke('prompts.restore', { id, reason, ...(version === undefined ? {} : { version }) })),
  };
}
