import type { CreateProtocol } from '../server/protocol.ts';

export const createKraken: CreateProtocol = () => {
  throw new Error('kraken is not built yet');
};
