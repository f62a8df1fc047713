import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { argon2Hash } from '#adapters/passphrase-argon2/argon2-hash.ts';
import { prepareHome } from '#host/home-folder.ts';
import { calibrateCost, LEAST_COST } from '#host/vault/calibrate.ts';
import { setPassphrase } from '#host/vault/change-vault.ts';
import { attemptsPath } from '#host/vault/vault-options.ts';
import { startScript } from '../support/child.ts';
import { createFileSecretStore } from '../support/file-secret-store.ts';
import { fillHome, PASSPHRASE, RECOVERY, vaultOptions } from '../support/vault.ts';
import type { Proof } from './types.ts';

const UNLOCKS = 30;
/** Milliseconds by which the clock of a try is wrong: not at all, minutes, days, decades, both ways. */
const CLOCKS = [0, 61_000, -61_000, 86_400_000, -86_400_000, 1e12, -1e12] as const;
const REFUSED = /the next one is taken in (\d+) s/;

/** What an unlock costs on this machine, and whether the wait after wrong passphrases holds over restarts and clocks set wrong. */
export const s8: Proof = {
  id: 'S8',
  title: 'guessing at the passphrase is slow',
  async run({ scratch, say }) {
    const cost = await calibrateCost(argon2Hash);
    say(`calibrated to ${cost.memoryKiB / 1024} MiB, ${cost.passes} passes`);
    const [waited, computed]: [number[], number[]] = [[], []];
    for (let i = 0; i < UNLOCKS; i++) {
      const [began, used] = [performance.now(), process.cpuUsage()];
      await argon2Hash.derive(`guess ${i}`, Buffer.alloc(16, i), cost);
      waited.push(performance.now() - began);
      const { user, system } = process.cpuUsage(used);
      computed.push((user + system) / 1000);
    }
    for (const times of [waited, computed]) times.sort((one, other) => one - other);
    // What other programs take is not the vault's cost: the hash runs on one thread, whose computing time is what a guess costs.
    const [middle = 0, median = 0, slowest = 0] = [computed[UNLOCKS >> 1], waited[UNLOCKS >> 1], waited.at(-1)];
    const floor = cost.memoryKiB >= LEAST_COST.memoryKiB && cost.passes >= LEAST_COST.passes;
    const atFloor = cost.memoryKiB === LEAST_COST.memoryKiB && cost.passes === LEAST_COST.passes;

    const home = join(scratch, 'home');
    const keychain = join(scratch, 'keychain.json');
    mkdirSync(scratch, { recursive: true });
    const options = vaultOptions(prepareHome(home).home, createFileSecretStore(keychain));
    await fillHome(options);
    await setPassphrase(options, { passphrase: PASSPHRASE, recoveryCode: RECOVERY });
    const guess = async (text: string, clockOffMs: number): Promise<string> =>
      (await startScript('unlock-once.ts', [home, keychain, text, String(clockOffMs)]).finished).stdout.trim();
    for (let i = 0; i < 5; i++) await guess(`wrong ${i}`, 0);
    const answers: string[] = [];
    for (let i = 0; i < 25; i++) answers.push(await guess(PASSPHRASE, CLOCKS[i % CLOCKS.length] ?? 0));
    const let_in = answers.filter((answer) => !REFUSED.test(answer)).length;
    const waits = answers.map((answer) => Number(REFUSED.exec(answer)?.[1] ?? 0));
    const inOrder = waits.every((wait, index) => wait <= 60 && wait <= (waits[index - 1] ?? 60));
    rmSync(attemptsPath(home), { force: true });
    const forgotten = await guess(PASSPHRASE, 0);
    return {
      kind: 'ran',
      rows: [
        {
          what: `an unlock on this machine (${cost.memoryKiB / 1024} MiB, ${cost.passes} passes), median of the time computed`,
          goal: atFloor ? 'at the floor of 64 MiB and 3 passes, 400 ms or more' : '400 to 800 ms',
          measured: `${middle.toFixed(0)} ms`,
          n: UNLOCKS,
          kind: 'clock',
          met: floor && middle >= 400 && (atFloor || middle <= 800),
        },
        {
          what: 'the same as the clock on the wall saw it, median and slowest, under the load of now',
          goal: '400 to 800 ms on an idle machine',
          measured: `${median.toFixed(0)} and ${slowest.toFixed(0)} ms`,
          n: UNLOCKS,
          kind: 'figure',
          met: median >= 400 && median <= 800,
        },
        {
          what: 'after five wrong ones: right passphrases let in, over restarts and with clocks set wrong by up to 31 years either way',
          goal: '0, with a wait that only shrinks',
          measured: `${let_in}; waits ${waits[0]} to ${waits.at(-1)} s${inOrder ? '' : ', not in order'}`,
          n: answers.length,
          kind: 'goal',
          met: let_in === 0 && inOrder,
        },
        {
          what: 'control: with its count of wrong ones removed, the same try is seen to get in',
          goal: 'opened',
          measured: forgotten,
          n: 1,
          kind: 'control',
          met: forgotten === 'opened',
        },
      ],
    };
  },
};
