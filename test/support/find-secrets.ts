import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One way a text can lie in a file. */
type Form = { readonly name: string; readonly bytes: Buffer };

/** Base64 of a text at each of the three places at which it can begin in a longer one; the ends, which depend on neighbours, cut off. */
function base64Forms(text: string): readonly Form[] {
  const bytes = Buffer.from(text);
  return [0, 1, 2].flatMap((lead) => {
    const first = lead === 0 ? 0 : lead + 1;
    const whole = Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64');
    const inner = whole.slice(first, Math.floor(((lead + bytes.length) * 4) / 3));
    return [
      { name: `base64 +${lead}`, bytes: Buffer.from(inner) },
      { name: `base64url +${lead}`, bytes: Buffer.from(inner.replaceAll('+', '-').replaceAll('/', '_')) },
    ];
  });
}

export function formsOf(text: string): readonly Form[] {
  const hex = Buffer.from(text).toString('hex');
  return [
    { name: 'raw', bytes: Buffer.from(text) },
    { name: 'UTF-16 LE', bytes: Buffer.from(text, 'utf16le') },
    { name: 'UTF-16 BE', bytes: Buffer.from(text, 'utf16le').swap16() },
    { name: 'hex', bytes: Buffer.from(hex) },
    { name: 'HEX', bytes: Buffer.from(hex.toUpperCase()) },
    ...base64Forms(text),
  ];
}

export type Finding = { readonly file: string; readonly secret: string; readonly form: string };
export type Search = { readonly files: number; readonly bytes: number; readonly found: readonly Finding[] };

/** Looks through every file below the folders for every secret in every form. */
export function findSecrets(folders: readonly string[], secrets: readonly string[]): Search {
  const wanted = secrets.flatMap((secret) => formsOf(secret).map((form) => ({ secret, ...form })));
  const found: Finding[] = [];
  let [files, size] = [0, 0];
  const look = (path: string): void => {
    for (const name of readdirSync(path)) {
      const inner = join(path, name);
      const stat = lstatSync(inner);
      if (stat.isDirectory()) look(inner);
      else if (stat.isFile()) {
        const content = readFileSync(inner);
        files += 1;
        size += content.length;
        // A name can give a secret away as well.
        const all = [content, Buffer.from(name)];
        for (const { secret, name: form, bytes } of wanted) {
          if (all.some((where) => where.includes(bytes))) found.push({ file: inner, secret, form });
        }
      }
    }
  };
  for (const folder of folders) look(folder);
  return { files, bytes: size, found };
}
