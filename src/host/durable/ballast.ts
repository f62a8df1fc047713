import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Space set aside on the journal's disk, for the one thing that must be written when there is none left: that orders were canceled and
 * trading stopped. Random bytes, because a disk that packs or shares equal blocks would keep no space for zeros.
 */
const BALLAST_BYTES = 16 * 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;

export type Ballast = {
  /** Sets the space aside when it is not. Rejects with the system's error when there is none; then nothing is left behind. */
  fill(): Promise<void>;
  /** Gives the space back to the disk. False when there is none to give. */
  release(): boolean;
};

export function openBallast(path: string, bytes: number = BALLAST_BYTES): Ballast {
  let filling = false;
  const write = async (temporary: string): Promise<void> => {
    const file = await open(temporary, 'w', 0o600);
    try {
      for (let left = bytes; left > 0; )
        left -= (await file.write(randomBytes(Math.min(left, CHUNK_BYTES)))).bytesWritten;
      await file.sync();
    } finally {
      await file.close();
    }
  };
  return {
    async fill() {
      if (filling || (existsSync(path) && statSync(path).size === bytes)) return;
      filling = true;
      const temporary = `${path}.tmp`;
      try {
        await write(temporary);
        await rename(temporary, path);
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      } finally {
        filling = false;
      }
    },
    release() {
      if (!existsSync(path)) return false;
      rmSync(path, { force: true });
      return true;
    },
  };
}
