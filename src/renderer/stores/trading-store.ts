import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AccountView } from '#shared/contract/accounts.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import {
  type ManualBook,
  type OrderOutcome,
  type OrderPreview,
  type OrderRequest,
  type PreviewRequest,
  SIMULATED_ACCOUNT,
} from '#shared/contract/orders.ts';
import type { PortfolioFile } from '#shared/contract/portfolio.ts';
import { type LoadedStore, loadedStore, type ViewError, viewError } from './loaded.ts';

export type TradingState = {
  /** Whose book is shown, and where the ticket sends to. */
  readonly account: string;
  /** What is being sent, by name; nothing of the same name goes out meanwhile. */
  readonly busy: ReadonlySet<string>;
  readonly error: ViewError | null;
};

/** An answer, or undefined where the error stands in the state. */
type Answer<T> = Promise<T | undefined>;

export type TradingStore = StoreApi<TradingState> & {
  readonly accounts: LoadedStore<readonly AccountView[]>;
  readonly book: LoadedStore<ManualBook>;
  choose(account: string): void;
  preview(request: PreviewRequest): Promise<OrderPreview>;
  /** Under a key that stays the same until the order is answered or is another one. */
  place(order: Omit<OrderRequest, 'key'>): Answer<OrderOutcome>;
  close(instrument: string): Answer<OrderOutcome>;
  cancel(clientOrderId: string): Answer<ManualBook>;
  exported(what: PortfolioFile['what']): Answer<PortfolioFile>;
  dismiss(): void;
  dispose(): void;
};

/** Orders by hand. Every act carries a key, so that an act that arrives twice is one. */
export function createTradingStore(client: AppClient): TradingStore {
  const store = createStore<TradingState>(() => ({ account: SIMULATED_ACCOUNT, busy: new Set(), error: null }));
  const accounts = loadedStore<readonly AccountView[]>(() => client.invoke('accounts.list', {}));
  const book = loadedStore<ManualBook>(() => client.invoke('orders.list', { account: store.getState().account }));
  const offBook = client.on('orders.changed', (next) => {
    if (next.account === store.getState().account) book.put(next);
  });
  const offAccounts = client.on('accounts.changed', (next) => {
    accounts.put(next);
    if (store.getState().account !== SIMULATED_ACCOUNT) void book.refresh();
  });

  /** An order whose answer has not come: tried again, it is the same one. */
  let unanswered: { readonly what: string; readonly key: string } | undefined;

  /** One act at a time by its name: what is pressed again while it is under way is the same press. */
  const once = async <T>(name: string, act: () => Promise<T>): Answer<T> => {
    if (store.getState().busy.has(name)) return undefined;
    store.setState(({ busy }) => ({ busy: new Set([...busy, name]), error: null }));
    try {
      return await act();
    } catch (thrown) {
      store.setState({ error: viewError(thrown) });
      return undefined;
    } finally {
      store.setState(({ busy }) => ({ busy: new Set([...busy].filter((one) => one !== name)) }));
      void book.refresh();
    }
  };
  const account = (): string => store.getState().account;

  return {
    ...store,
    accounts,
    book,
    choose(next) {
      store.setState({ account: next, error: null });
      book.clear();
      void book.refresh();
    },
    preview: (request) => client.invoke('orders.preview', request),
    place: (order) =>
      once('place', async () => {
        const what = JSON.stringify(order);
        if (unanswered?.what !== what) unanswered = { what, key: crypto.randomUUID() };
        const outcome = await client.invoke('orders.place', { ...order, key: unanswered.key });
        unanswered = undefined;
        return outcome;
      }),
    close: (instrument) =>
      once(`close ${instrument}`, () =>
        client.invoke('orders.close', { account: account(), instrument, key: crypto.randomUUID() }),
      ),
    cancel: (clientOrderId) =>
      once(`cancel ${clientOrderId}`, () => client.invoke('orders.cancel', { account: account(), clientOrderId })),
    exported: (what) => once(`export ${what}`, () => client.invoke('portfolio.export', { what, account: account() })),
    dismiss: () => store.setState({ error: null }),
    dispose() {
      offBook();
      offAccounts();
    },
  };
}
