import { sha256 } from '#adapters/digest/sha256.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import type { TokenPayloads } from '#core/cycle/token-records.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

export type ApiToken = TokenPayloads['api_token.made'];
type Wanted = Pick<ApiToken, 'name' | 'scope' | 'expiresAt'> & { readonly token: string };

/** The tokens of the master's own programs, as rows of the journal: each stands until it is revoked or its time is over. */
export type ApiTokens = {
  /** Those that stand or have expired, newest first; what was revoked is gone. */
  list(): readonly ApiToken[];
  /** Throws Fault `refused` for a name or a token that is taken, or for one too many. */
  make(wanted: Wanted, ts: UnixMs): void;
  /** Throws Fault `not_found`. */
  revoke(name: string, ts: UnixMs): void;
  /** Whose token it is; undefined for one that does not stand. */
  find(token: string): ApiToken | undefined;
  /** Whether this very token, and not another one of its name, still stands. */
  stands(token: Pick<ApiToken, 'hash'>): boolean;
};

const MOST = 20;

export function openApiTokens(journal: JournalStore, now: () => number): ApiTokens {
  const known = new Map<string, ApiToken>();
  for (const record of journal.readCycle(SYSTEM_CYCLE)) {
    if (record.type === 'api_token.made') {
      const made = payloadOf(record, 'api_token.made');
      known.set(made.name, made);
    }
    if (record.type === 'api_token.revoked') known.delete(payloadOf(record, 'api_token.revoked').name);
  }
  const inTime = ({ expiresAt }: ApiToken): boolean => expiresAt === null || now() < expiresAt;
  // By its hash: how long that takes says nothing about a token, which nobody can change a byte of without changing all of its hash.
  const byHash = (hash: string): ApiToken | undefined =>
    [...known.values()].find((token) => token.hash === hash && inTime(token));
  return {
    list: () => [...known.values()].toReversed(),
    make({ name, scope, expiresAt, token }, ts) {
      if (known.has(name))
        throw new Fault(
          'refused',
          `there is a token ${name} already`,
          `revoke it first (mt api token revoke ${name}), or take another name`,
        );
      if (known.size >= MOST)
        throw new Fault('refused', `${MOST} tokens are the most`, 'revoke one that nothing uses: mt api token ls');
      if (expiresAt !== null && expiresAt <= now())
        throw new Fault('usage', 'the end of the token lies in the past', 'choose a later moment');
      const made: ApiToken = { name, scope, hash: sha256(token), at: now(), expiresAt };
      if ([...known.values()].some(({ hash }) => hash === made.hash))
        throw new Fault('refused', 'this token is in use under another name', 'make a new one');
      journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'api_token.made', made)]);
      known.set(name, made);
    },
    revoke(name, ts) {
      if (!known.has(name)) throw new Fault('not_found', `there is no token ${name}`, 'list them: mt api token ls');
      journal.append(SYSTEM_CYCLE, [draft(SYSTEM_RUN, ts, 'api_token.revoked', { name, at: now() })]);
      known.delete(name);
    },
    find: (token) => byHash(sha256(token)),
    stands: ({ hash }) => byHash(hash) !== undefined,
  };
}
