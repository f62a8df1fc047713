import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { RECOVERY_BYTES, writeRecoveryCode } from '#shared/recovery-code.ts';
import { startScript } from '../support/child.ts';
import { findSecrets, formsOf } from '../support/find-secrets.ts';
import type { Proof, ProofRow } from './types.ts';

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const word = (rng: Rng, length: number): string =>
  Array.from({ length }, () => ALPHABET.charAt(rng.integer(ALPHABET.length))).join('');

/** After a session with canaries for secrets, and a SIGKILL in the middle of it: are they anywhere on the disk? */
export const s4: Proof = {
  id: 'S4',
  title: 'secrets and records are found nowhere on the disk after a session and a kill',
  async run({ size, seed, scratch, say }) {
    const rng = createRng(seed);
    const runs = size === 'ci' ? 1 : 20;
    let [files, bytes, secrets] = [0, 0, 0];
    const found: string[] = [];
    for (let run = 0; run < runs; run++) {
      const folder = join(scratch, `run-${run}`);
      const [home, temporary] = [join(folder, 'home'), join(folder, 'tmp')];
      for (const path of [home, temporary]) mkdirSync(path, { recursive: true });
      const code = writeRecoveryCode(Uint8Array.from({ length: RECOVERY_BYTES }, () => rng.integer(256)));
      const canaries = {
        passphrase: word(rng, 24),
        code,
        apiKey: word(rng, 32),
        secret: word(rng, 44),
        note: word(rng, 20),
      };
      const session = startScript(
        'vault-session.ts',
        [home, canaries.passphrase, code, canaries.apiKey, canaries.secret, canaries.note],
        { env: { TMPDIR: temporary, HOME: folder } },
      );
      const ids = await spoken(session);
      if (ids.length < 5) throw new Error(`the session traded nothing: ${ids.join(' ')}`);
      session.child.kill('SIGKILL');
      await session.finished;
      const wanted = [
        ...Object.values(canaries),
        'canary-account',
        ...code
          .split('-')
          .map((_, at, all) => all.slice(at, at + 3).join('-'))
          .slice(0, 12),
        code.replaceAll('-', ''),
        ...ids,
      ];
      const search = findSecrets([folder], wanted);
      files += search.files;
      bytes += search.bytes;
      secrets += wanted.length;
      found.push(...search.found.map(({ file, secret, form }) => `${secret} (${form}) in ${file}`));
      say(`run ${run + 1} of ${runs}: ${search.files} files, ${wanted.length} texts`);
      rmSync(folder, { recursive: true, force: true });
    }
    return {
      kind: 'ran',
      rows: [
        {
          what: 'texts found in files of the data folder, its backups and the folder for temporary files, in eleven forms',
          goal: '0',
          measured: `${found.length}${found.length === 0 ? '' : `; first: ${found[0]}`} (${files} files, ${(bytes / 1e6).toFixed(1)} MB)`,
          n: secrets,
          kind: 'goal',
          met: found.length === 0 && files > 0,
        },
        control(scratch, rng),
      ],
    };
  },
};

/** The first line that the session prints; the rest of its life it only waits. */
function spoken(session: ReturnType<typeof startScript>): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const [line] = session.stdout().split('\n');
      if (line === undefined || !session.stdout().includes('\n')) return;
      resolve((JSON.parse(line) as { readonly ids: readonly string[] }).ids);
    };
    session.child.stdout?.on('data', look);
    void session.finished.then(({ stderr }) =>
      reject(new Error(`the session ended by itself: ${stderr.slice(-2000)}`)),
    );
  });
}

/** Each form hidden in the middle of other bytes must be found, or the search proves nothing. */
function control(scratch: string, rng: Rng): ProofRow {
  const folder = join(scratch, 'planted');
  mkdirSync(folder, { recursive: true });
  const secret = word(rng, 24);
  const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => rng.integer(256)));
  const forms = formsOf(secret);
  let seen = 0;
  for (const [index, { bytes, name }] of forms.entries()) {
    // Text around it, as a secret lies in a longer one.
    const lead = /\+(\d)$/.exec(name)?.[1];
    const around = lead === undefined ? bytes : encoded(secret, Number(lead), name.startsWith('base64url'), rng);
    const path = join(folder, `file-${index}`);
    writeFileSync(path, Buffer.concat([noise(1000), around, noise(1000)]));
    if (findSecrets([folder], [secret]).found.some(({ file }) => file === path)) seen += 1;
    rmSync(path);
  }
  writeFileSync(join(folder, `${secret}.txt`), '');
  if (findSecrets([folder], [secret]).found.length > 0) seen += 1;
  return {
    what: 'control: a secret planted in each form, inside of other text, and as the name of a file is found',
    goal: `${forms.length + 1} of ${forms.length + 1}`,
    measured: `${seen}`,
    n: forms.length + 1,
    kind: 'control',
    met: seen === forms.length + 1,
  };
}

/** The secret in base64 behind `lead` other bytes and before some more. */
function encoded(secret: string, lead: number, url: boolean, rng: Rng): Buffer {
  const text = Buffer.from(word(rng, lead) + secret + word(rng, 5));
  return Buffer.from(text.toString(url ? 'base64url' : 'base64'));
}
