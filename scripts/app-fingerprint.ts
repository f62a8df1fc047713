import { resolve } from 'node:path';
import { runnerImport } from 'vite';

type Contract = typeof import('../src/shared/contract/app-contract.ts');
type Hash = typeof import('../src/shared/transport/contract-hash.ts');

/**
 * The fingerprint of the contract, for the bundles: what names and schemas add up to is known when they are built, and working it out takes a
 * sixth of a second that neither a window nor a command has to wait for. `root` is the folder of the project.
 */
export async function appFingerprint(root: string): Promise<string> {
  const read = async <T>(path: string): Promise<T> =>
    (await runnerImport<T>(resolve(root, 'src/shared', path), { configFile: false })).module;
  const { appContract } = await read<Contract>('contract/app-contract.ts');
  const { contractHash } = await read<Hash>('transport/contract-hash.ts');
  return contractHash(appContract);
}
