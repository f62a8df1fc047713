import { Fault } from '#core/kernel/fault.ts';
import { inLane } from './call-context.ts';
import { errorText } from './error-text.ts';
import type { OpenExchange } from './open-exchange.ts';

/** `unchecked`: the venue has no such question that we know; the master has to look himself. */
export type KeyRights = 'no_withdrawal' | 'unchecked';

/**
 * Refuses keys that may withdraw: a thief of this machine could send everything away, and trading never needs it. Throws Fault('refused')
 * for such keys, Fault('storage') is never thrown; a venue that can't be asked now throws Fault('unreachable').
 */
export async function checkKeyRights({ exchange, traits, secrets }: OpenExchange): Promise<KeyRights> {
  const { mayWithdraw } = traits;
  if (mayWithdraw === undefined) return 'unchecked';
  let may: boolean;
  try {
    may = await inLane('reconcile', () => mayWithdraw(exchange));
  } catch (error) {
    throw new Fault(
      'unreachable',
      `${exchange.name} did not say what these keys may do: ${errorText(error, secrets)}.`,
      'Try again; trading waits until the rights of the keys are known.',
    );
  }
  if (!may) return 'no_withdrawal';
  throw new Fault(
    'refused',
    `These keys may withdraw from ${exchange.name}.`,
    'Make new keys at the venue with trading and reading only, without withdrawals and best bound to your address; then delete these.',
  );
}
