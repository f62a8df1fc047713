import type { Alert, NewAlert } from '../alerts/types.ts';
import type { UnixMs } from '../domain/ids.ts';

/** Which rows are asked for; newest first. */
export type AlertQuery = {
  readonly limit: number;
  readonly unreadOnly: boolean;
  /** Only rows that are older than this one. */
  readonly beforeId?: number | undefined;
};

/** One message to a host outside: when, where to, and what became of it; never what it said. */
export type EgressEntry = {
  readonly at: UnixMs;
  readonly channel: string;
  readonly host: string;
  readonly kind: string;
  readonly outcome: 'sent' | 'failed';
  readonly tries: number;
};

/** The rows of the Alert centre. A row that comes again under its key is counted and not added. Throws Fault `storage`. */
export interface AlertStore {
  add(alert: NewAlert): Alert;
  /** The newest row under the key that came at or after `since`, counted once more and unread again; undefined when there is none. */
  again(key: string, since: UnixMs, at: UnixMs): Alert | undefined;
  has(key: string): boolean;
  list(query: AlertQuery): readonly Alert[];
  get(id: number): Alert | undefined;
  /** Marks rows as read, all of them when none is named; answers how many that changed. */
  markRead(ids: readonly number[] | 'all'): number;
  unread(): number;
  /** Keeps the newest so many; what is critical and unread goes last. */
  prune(most: number): void;
  /** The newest record of the journal from which alerts were made; undefined before the first. */
  reach(): number | undefined;
  setReach(seq: number): void;
  addEgress(entry: EgressEntry): void;
  /** Newest first. */
  egress(limit: number): readonly EgressEntry[];
}
