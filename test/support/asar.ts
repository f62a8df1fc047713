import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

type Entry = {
  readonly files?: Readonly<Record<string, Entry>>;
  readonly offset?: string;
  readonly size?: number;
  readonly unpacked?: boolean;
  readonly integrity?: { readonly algorithm: string; readonly hash: string };
};

export type Archive = {
  /** Packed files: their paths, and whether the content has the hash that the header gives. */
  readonly packed: readonly { readonly path: string; readonly sound: boolean }[];
  readonly unpacked: readonly string[];
};

/** Reads an archive of Electron: two sizes, the header's text, and then the files one after another. */
export function readArchive(path: string): Archive {
  const bytes = readFileSync(path);
  const headerSize = bytes.readUInt32LE(4);
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as Entry;
  const start = 8 + headerSize;
  const packed: { path: string; sound: boolean }[] = [];
  const unpacked: string[] = [];
  const walk = (entry: Entry, at: string): void => {
    for (const [name, child] of Object.entries(entry.files ?? {})) {
      const here = at === '' ? name : `${at}/${name}`;
      if (child.files !== undefined) walk(child, here);
      else if (child.unpacked === true) unpacked.push(here);
      else {
        const from = start + Number(child.offset);
        const hash = createHash('sha256')
          .update(bytes.subarray(from, from + (child.size ?? 0)))
          .digest('hex');
        packed.push({ path: here, sound: child.integrity?.algorithm === 'SHA256' && child.integrity.hash === hash });
      }
    }
  };
  walk(header, '');
  return { packed, unpacked };
}
