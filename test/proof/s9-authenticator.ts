import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createSecondFactor, type SecondFactor, totpAttemptsPath } from '#host/access/second-factor.ts';
import { acceptedStep, codeOf, stepAt } from '#host/access/totp.ts';
import { openAttempts } from '#host/vault/attempts.ts';
import { ENROLMENT_BYTES, writeEnrolment } from '#shared/authenticator-key.ts';
import { createMemorySecretStore } from '../support/memory-secret-store.ts';
import { TOTP_VECTOR_SEED, TOTP_VECTORS } from '../support/totp-vectors.ts';
import { testBootClock, vaultOptions } from '../support/vault.ts';
import { goalRow } from './goal-row.ts';
import type { Proof } from './types.ts';

const STEP_MS = 30_000;
const DRIFTS = [-20, -5, -3, -2, -1, 0, 1, 2, 3, 5, 20] as const;
const CODES = 40;

/** The authenticator as the second factor: the vectors of its standard, no code twice, no clock further off than one step. */
export const s9: Proof = {
  id: 'S9',
  title: 'a code of the authenticator opens once, and only now',
  async run({ scratch, size, seed }) {
    const { secret, backupCodes } = writeEnrolment(
      new Uint8Array(ENROLMENT_BYTES).map((_, at) => (seed + at * 7 + (at >> 3)) & 255),
    );
    mkdirSync(join(scratch, 'vault'), { recursive: true });
    const clock = testBootClock();
    let now = 1_732_000_000_000;
    const start = (): SecondFactor => {
      const made = createSecondFactor(
        vaultOptions(scratch, createMemorySecretStore(), { bootClock: clock, now: () => now }),
      );
      made.open({ fieldKey: Buffer.alloc(32, 7), vaultId: 'ab'.repeat(16) });
      return made;
    };
    const code = (offset: number): string => codeOf(secret, stepAt(now) + offset);
    // Each try stands for itself: how long guessing has to wait is a row of its own.
    const free = (): void => openAttempts(totpAttemptsPath(scratch), clock).clear();
    const taken = async (factor: SecondFactor, given: string): Promise<boolean> => {
      free();
      return factor.prove(given).then(
        () => true,
        () => false,
      );
    };
    await start().enrol({ secret, code: code(0), asksAtUnlock: false, backupCodes });

    const vectors = TOTP_VECTORS.filter(
      ([at, right]) => codeOf(TOTP_VECTOR_SEED, stepAt(at * 1000), 8) === right,
    ).length;
    let [drifted, wrongly] = [0, 0];
    for (const drift of DRIFTS) {
      now += 100 * STEP_MS;
      drifted += 1;
      if ((await taken(start(), code(drift))) !== Math.abs(drift) <= 1) wrongly += 1;
    }
    let [replays, replayed, missed] = [0, 0, 0];
    for (let i = 0; i < (size === 'ci' ? CODES : CODES * 10); i++) {
      now += 7 * STEP_MS;
      const given = code((i % 3) - 1);
      if (!(await taken(start(), given))) missed += 1;
      // At once, after a restart, a step later, and with the clock set back.
      for (const shift of [0, STEP_MS, -STEP_MS, -90 * STEP_MS]) {
        now += shift;
        replays += 1;
        if (await taken(start(), given)) replayed += 1;
        now -= shift;
      }
    }
    let backupTwice = 0;
    for (const one of backupCodes) {
      if (!(await taken(start(), one))) missed += 1;
      if (await taken(start(), one)) backupTwice += 1;
    }
    now += 100 * STEP_MS;
    free();
    for (let i = 0; i < 5; i++)
      await start()
        .prove('000000')
        .catch(() => undefined);
    const locked = await start()
      .prove(code(0))
      .then(
        () => 'let in',
        (error: unknown) => String(error),
      );
    const waits = /is taken in 60 s/.test(locked);
    const forgetful =
      acceptedStep(secret, code(0), now, 0) !== undefined &&
      acceptedStep(secret, code(0), now, stepAt(now)) === undefined;
    return {
      kind: 'ran',
      rows: [
        goalRow(
          'vectors of RFC 6238 under SHA-1',
          'all',
          `${vectors} of ${TOTP_VECTORS.length}`,
          TOTP_VECTORS.length,
          vectors === TOTP_VECTORS.length,
        ),
        goalRow(
          'clocks off by up to 20 steps judged wrongly: one step either way is let in',
          '0',
          String(wrongly),
          drifted,
          wrongly === 0,
        ),
        goalRow(
          'codes used again that were let in, over restarts and clocks set back',
          '0, and each was let in once',
          `${replayed}; ${missed} not let in`,
          replays,
          replayed === 0 && missed === 0,
        ),
        goalRow('backup codes that opened twice', '0', String(backupTwice), backupCodes.length, backupTwice === 0),
        goalRow(
          'the right code after five wrong ones and a restart',
          'waits 60 s',
          waits ? 'waits 60 s' : locked,
          1,
          waits,
        ),
        {
          what: 'control: with the step last used forgotten, the same code is seen to be let in again',
          goal: 'let in',
          measured: forgetful ? 'let in' : 'not seen',
          n: 1,
          kind: 'control',
          met: forgetful,
        },
      ],
    };
  },
};
