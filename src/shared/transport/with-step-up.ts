import type { AppClient } from '../contract/app-contract.ts';
import { ContractError } from '../contract/errors.ts';

/** Asks the master for the proof and gives it with `access.step_up`; false when there was nobody to ask, or they would not. `why` is the engine's. */
export type ProveAgain = (client: AppClient, why: string) => Promise<boolean>;

const wantsProof = (error: unknown): error is ContractError =>
  error instanceof ContractError && error.reason === 'step_up';

/**
 * A client that asks for the proof when a call is refused for the lack of one, and repeats the call once. Whoever calls it notices only that
 * it took longer. Without a proof the refusal stands.
 */
export function withStepUp(client: AppClient, prove: ProveAgain): AppClient {
  const invoke: AppClient['invoke'] = async (name, input) => {
    try {
      return await client.invoke(name, input);
    } catch (error) {
      if (!wantsProof(error) || !(await prove(client, error.message))) throw error;
      return client.invoke(name, input);
    }
  };
  return { ...client, invoke };
}
