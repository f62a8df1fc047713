import crypto from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { argon2Hash } from '#adapters/passphrase-argon2/argon2-hash.ts';
import type { PassphraseCost } from '#core/ports/passphrase-hash.ts';
import { calibrateCost, LEAST_COST } from '#host/vault/calibrate.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('the passphrase hash', () => {
  it('is Argon2id as Node computes it, for several costs', async () => {
    const salt = Buffer.from('0123456789abcdef');
    for (const cost of [
      { memoryKiB: 64, passes: 1, lanes: 1 },
      { memoryKiB: 256, passes: 3, lanes: 2 },
      { memoryKiB: 1024, passes: 2, lanes: 4 },
    ]) {
      const theirs = crypto.argon2Sync('argon2id', {
        message: 'a passphrase',
        nonce: salt,
        parallelism: cost.lanes,
        tagLength: 32,
        memory: cost.memoryKiB,
        passes: cost.passes,
      });
      expect(hex(await argon2Hash.derive('a passphrase', salt, cost))).toBe(hex(theirs));
    }
  });

  it('takes the same passphrase from keyboards that compose differently', async () => {
    const salt = Buffer.alloc(16, 1);
    const cost = { memoryKiB: 64, passes: 1, lanes: 1 };
    expect(hex(await argon2Hash.derive('caf\u00e9', salt, cost))).toBe(
      hex(await argon2Hash.derive('cafe\u0301', salt, cost)),
    );
    expect(hex(await argon2Hash.derive('cafe', salt, cost))).not.toBe(
      hex(await argon2Hash.derive('caf\u00e9', salt, cost)),
    );
  });
});

/** A machine that needs this many microseconds for a mebibyte in one pass. */
function machine(usPerMiBPass: number): { cost: Promise<PassphraseCost>; unlockMs(cost: PassphraseCost): number } {
  let now = 0;
  const unlockMs = ({ memoryKiB, passes }: PassphraseCost): number =>
    ((memoryKiB / 1024) * passes * usPerMiBPass) / 1000;
  const hash = {
    derive: (_passphrase: string, _salt: Uint8Array, cost: PassphraseCost) => {
      now += unlockMs(cost);
      return Promise.resolve(new Uint8Array(32));
    },
  };
  return { cost: calibrateCost(hash, [() => now * 3, () => now]), unlockMs };
}

describe('the cost of a passphrase', () => {
  it.each([10, 50, 120, 250, 400, 500, 800, 1200, 2000])(
    'ends at 400 to 800 ms on a machine with %i us for a mebibyte and pass',
    async (us) => {
      const { cost, unlockMs } = machine(us);
      const found = await cost;
      expect(unlockMs(found)).toBeGreaterThanOrEqual(400);
      expect(unlockMs(found)).toBeLessThanOrEqual(800);
      expect(found.memoryKiB).toBeGreaterThanOrEqual(LEAST_COST.memoryKiB);
      expect(found.passes).toBeGreaterThanOrEqual(LEAST_COST.passes);
      expect(found.lanes).toBe(1);
    },
  );

  it('never goes below the floor, however slow the machine', async () => {
    expect(await machine(20_000).cost).toEqual(LEAST_COST);
  });

  it('stays within bounds on a clock that stands still', async () => {
    const { memoryKiB, passes } = await machine(0).cost;
    expect([memoryKiB, passes]).toEqual([262_144, 512]);
  });
});
