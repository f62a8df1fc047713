import { join } from 'node:path';
import { sha256 } from '../../src/adapters/digest/sha256.ts';
import { createRingLogger } from '../../src/adapters/logger/ring-logger.ts';
import { openStorage } from '../../src/adapters/sqlite/open-storage.ts';
import { createChain } from '../../src/core/journal/chain.ts';

/** Any 32 bytes: what is measured is encrypted as the product encrypts it. */
export const KEY = Buffer.alloc(32, 7);

/** The product's databases in a folder of their own. */
export const openDatabases = (folder) =>
  openStorage({
    journalPath: join(folder, 'journal.db'),
    headPath: join(folder, 'journal.head'),
    marketPath: join(folder, 'market.db'),
    keys: { db: KEY, auditMac: KEY, field: KEY },
    chain: createChain(sha256),
    logger: createRingLogger({ verbose: false }),
  });
