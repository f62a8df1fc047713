import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { PromptPartDetail, PromptPartView } from '#shared/contract/prompts.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type PromptsStore = {
  readonly list: LoadedStore<readonly PromptPartView[]>;
  readonly open: StoreApi<{ readonly id: string | null; readonly saving: boolean; readonly error: ViewError | null }>;
  readonly detail: LoadedStore<PromptPartDetail | null>;
  choose(id: string | null): void;
  /** Answers whether it was kept. */
  edit(text: string, reason: string): Promise<boolean>;
  restore(version: number | undefined, reason: string): Promise<boolean>;
};

export function createPromptsStore(client: AppClient): PromptsStore {
  const list = loadedStore<readonly PromptPartView[]>(() => client.invoke('prompts.list', {}));
  const open = createStore<{ id: string | null; saving: boolean; error: ViewError | null }>(() => ({
    id: null,
    saving: false,
    error: null,
  }));
  const detail = loadedStore<PromptPartDetail | null>(async () => {
    const { id } = open.getState();
    return id === null ? null : client.invoke('prompts.show', { id });
  });
  const keep = async (ask: (id: string) => Promise<PromptPartDetail>): Promise<boolean> => {
    const { id, saving } = open.getState();
    if (id === null || saving) return false;
    open.setState({ saving: true, error: null });
    try {
      detail.put(await ask(id));
      open.setState({ saving: false });
      void list.refresh();
      return true;
    } catch (thrown) {
      open.setState({ saving: false, error: viewError(thrown) });
      return false;
    }
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
