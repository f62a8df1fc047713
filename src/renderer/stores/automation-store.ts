import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { ApprovalList, ChosenModeText, WantedLimitsInput } from '#shared/contract/automation.ts';
import type { BriefPrompt } from '#shared/contract/brief-prompt.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type AutomationState = {
  /** Approvals that are being decided from this window: a second press meanwhile sends nothing. */
  readonly deciding: readonly string[];
  /** What went wrong with an approval, by its id. */
  readonly errors: Readonly<Record<string, ViewError>>;
  /** Of the newest change of mode, and of the newest halt. */
  readonly modeError: ViewError | null;
  /** The mode that the dialog of modes was opened for; null while it is shut. */
  readonly asked: ChosenModeText | 'emergency' | null;
};

export type AutomationStore = StoreApi<AutomationState> & {
  readonly approvals: LoadedStore<ApprovalList>;
  /** What the agent of a waiting brief would be told; loads when it is first asked for. */
  promptOf(id: string): LoadedStore<BriefPrompt>;
  approve(id: string): Promise<void>;
  reject(id: string, reason: string): Promise<void>;
  /** Answers whether the limits are lowered now. */
  lower(id: string, limits: WantedLimitsInput): Promise<boolean>;
  /** Answers whether the mode is what was asked for now. */
  setMode(mode: ChosenModeText, reason?: string): Promise<boolean>;
  askMode(mode: ChosenModeText | 'emergency' | null): void;
  halt(reason: string): Promise<void>;
  flatten(reason: string): Promise<void>;
  dispose(): void;
};

export function createAutomationStore(client: AppClient): AutomationStore {
  const store = createStore<AutomationState>(() => ({ deciding: [], errors: {}, modeError: null, asked: null }));
  const set = store.setState;
  const approvals = loadedStore(() => client.invoke('approvals.list', {}));
  const prompts = new Map<string, LoadedStore<BriefPrompt>>();
  const promptOf = (id: string): LoadedStore<BriefPrompt> => {
    const known = prompts.get(id);
    if (known !== undefined) return known;
    const made = loadedStore(async () => (await client.invoke('approvals.get', { id })).prompt);
    prompts.set(id, made);
    void made.refresh();
    return made;
  };
  const off = client.on('approvals.changed', (list) => approvals.put(list));

  /** Answers whether it was done; one at a time for each approval. */
  const decide = async (id: string, send: () => Promise<unknown>): Promise<boolean> => {
    const { deciding, errors } = store.getState();
    if (deciding.includes(id)) return false;
    const { [id]: _old, ...others } = errors;
    set({ deciding: [...deciding, id], errors: others });
    try {
      await send();
      return true;
    } catch (thrown) {
      set({ errors: { ...store.getState().errors, [id]: viewError(thrown) } });
      return false;
    } finally {
      set({ deciding: store.getState().deciding.filter((one) => one !== id) });
    }
  };
  const attempt = async (send: () => Promise<unknown>): Promise<boolean> => {
    set({ modeError: null });
    try {
      await send();
      return true;
    } catch (thrown) {
      set({ modeError: viewError(thrown) });
      return false;
    }
  };

  return {
    ...store,
    approvals,
    promptOf,
    async approve(id) {
      await decide(id, () => client.invoke('approvals.approve', { id, by: 'window' }));
    },
    async reject(id, reason) {
      await decide(id, () => client.invoke('approvals.reject', { id, reason, by: 'window' }));
    },
    lower: (id, limits) => decide(id, () => client.invoke('approvals.edit', { id, limits, by: 'window' })),
    setMode: (mode, reason) =>
      attempt(() => client.invoke('mode.set', { mode, by: 'window', ...(reason === undefined ? {} : { reason }) })),
    askMode: (asked) => set({ asked, modeError: null }),
    async halt(reason) {
      await attempt(() => client.invoke('engine.halt', { reason }));
    },
    async flatten(reason) {
      await attempt(() => client.invoke('engine.flatten', { reason }));
    },
    dispose: off,
  };
}
