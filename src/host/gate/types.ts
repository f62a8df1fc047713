import type { ExchangeKeys } from '#core/ports/exchange-keys.ts';
import type { AppContract, AppHandlers } from '#shared/contract/app-contract.ts';
import type { EventSource } from '#shared/transport/host.ts';
import type { AccessNote } from '../access/access-desk.ts';
import type { ApiTokens } from '../access/api-tokens.ts';
import type { OpenedVault } from '../vault/open-vault.ts';

/** Calls that the gate answers itself, whether the vault is open or not. */
export type GateCall = Extract<keyof AppHandlers, `vault.${string}`>;
/** All of access but its log, which lies in the journal. */
export type GateAccessCall = Exclude<Extract<keyof AppHandlers, `access.${string}`>, 'access.log'>;
export type OpenHandlers = Omit<AppHandlers, GateCall | GateAccessCall>;

/** The engine behind the gate: there only while the vault is open. */
export type OpenEngine = {
  readonly handlers: OpenHandlers;
  readonly events: EventSource<AppContract>;
  readonly exchangeKeys: ExchangeKeys;
  /** Writes into the journal who came and what was proved or refused. Throws when it cannot. */
  readonly noteAccess: (note: AccessNote) => void;
  readonly tokens: Pick<ApiTokens, 'find' | 'stands'>;
  /** Whether trading is halted. */
  halted(): boolean;
  /** Why the engine should not be closed for a moment just now; undefined when it may. */
  busy(): string | undefined;
  close(): Promise<void>;
};

/** What of an opened vault may be kept and shown. */
export type Protection = Pick<OpenedVault, 'slot' | 'label' | 'protectedByPassphrase'>;

export type GatePhase =
  | {
      readonly kind: 'open';
      readonly engine: OpenEngine;
      readonly protection: Protection;
      readonly facesLocked: boolean;
    }
  | { readonly kind: 'sealed'; readonly problem: string | null; readonly remedy: string | null }
  | { readonly kind: 'changing' };
