import type { AppContract, AppEvent } from '#shared/contract/app-contract.ts';
import type { EventName } from '#shared/contract/define.ts';
import type { EventSource } from '#shared/transport/host.ts';

type Name = EventName<AppContract>;
type Subscription = { readonly connect: (source: EventSource<AppContract>) => () => void; undo: () => void };

/**
 * Events of an engine that comes and goes, for listeners that stay. What an engine says reaches nobody while `mayShow` denies it, so that a
 * locked face learns nothing.
 */
export function createEventRelay(mayShow: () => boolean): EventSource<AppContract> & {
  /** Attaches every listener to this engine, or to none. */
  connect(source: EventSource<AppContract> | undefined): void;
} {
  const subscriptions = new Set<Subscription>();
  let current: EventSource<AppContract> | undefined;
  const attach = (subscription: Subscription): void => {
    subscription.undo();
    subscription.undo = current === undefined ? () => undefined : subscription.connect(current);
  };
  return {
    subscribe<K extends Name>(name: K, emit: (payload: AppEvent<K>) => void) {
      const gated = (payload: AppEvent<K>): void => {
        if (mayShow()) emit(payload);
      };
      const subscription: Subscription = {
        connect: (source) => source.subscribe(name, gated),
        undo: () => undefined,
      };
      subscriptions.add(subscription);
      attach(subscription);
      return () => {
        subscriptions.delete(subscription);
        subscription.undo();
      };
    },
    connect(source) {
      current = source;
      for (const subscription of subscriptions) attach(subscription);
    },
  };
}
