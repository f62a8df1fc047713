import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { goalRow } from './goal-row.ts';
import type { Proof, ProofRow } from './types.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the lock may hold, everything counted; each new dependency is to be weighed. */
const PACKAGES = 820;
const FOR_PRODUCT = 280;

type Entry = {
  readonly version?: string;
  readonly name?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly hasInstallScript?: boolean;
};
type Manifest = {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
type Lock = { readonly packages: Readonly<Record<string, Entry>> };

const EXACT = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
const nameOf = (path: string, { name }: Entry): string => name ?? path.slice(path.lastIndexOf('node_modules/') + 13);
const hashed = ({ integrity }: Entry): boolean => /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '');

/** What is wrong with a manifest and its lock, by kind. */
function faultsOf(manifest: Manifest, lock: Lock) {
  const entries = Object.entries(lock.packages).filter(([path]) => path !== '');
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => !EXACT.test(version),
  );
  const scripts = entries
    .filter(([, entry]) => entry.hasInstallScript === true)
    .map(([path, entry]) => nameOf(path, entry));
  return {
    entries,
    loose: loose.map(([name]) => name),
    /** Without a hash, and either installed here or wanted by every machine. */
    unhashed: entries.filter(
      ([path, entry]) => !hashed(entry) && (entry.optional !== true || existsSync(join(ROOT, path))),
    ),
    /** Binaries for other machines, which whoever wrote the lock never fetched. */
    elsewhere: entries.filter(
      ([path, entry]) => !hashed(entry) && entry.optional === true && !existsSync(join(ROOT, path)),
    ),
    unknownScripts: scripts.filter((name) => !Object.hasOwn(manifest.allowScripts, name)),
    running: scripts.filter((name) => manifest.allowScripts[name] === true),
    foreign: entries.filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://')),
  };
}

/** Scripts that may run while packages are installed; each was read. */
const MAY_RUN = ['@github/keytar', 'node'];

/** What is installed is what was chosen: exact versions, hashes, and no script that nobody looked at. */
export const s11: Proof = {
  id: 'S11',
  title: 'the packages that are installed are those that were chosen',
  run() {
    const read = (name: string): unknown => JSON.parse(readFileSync(join(ROOT, name), 'utf8'));
    const manifest = read('package.json') as Manifest;
    const lock = read('package-lock.json') as Lock;
    const found = faultsOf(manifest, lock);
    const { entries } = found;
    const product = entries.filter(([, { dev }]) => dev !== true).length;
    const row = (what: string, goal: string, measured: string, met: boolean, n = entries.length): ProofRow =>
      goalRow(what, goal, measured, n, met);
    const list = (all: readonly (readonly [string, Entry])[]): string =>
      `${all.length}${all.length === 0 ? '' : `; first: ${all[0]?.[0]}`}`;
    const running = [...found.running].sort().join(', ');
    const control = (what: string, seen: boolean): ProofRow => ({
      what,
      goal: 'seen',
      measured: seen ? 'seen' : 'not seen',
      n: 1,
      kind: 'control',
      met: seen,
    });
    const [somePath = '', someEntry = {}] = entries.find(([path]) => existsSync(join(ROOT, path))) ?? [];
    const tampered: Lock = {
      packages: {
        ...lock.packages,
        [somePath]: { ...someEntry, integrity: 'sha1-x' },
        'node_modules/stranger': { version: '1.0.0', hasInstallScript: true, integrity: someEntry.integrity ?? '' },
      },
    };
    const planted = faultsOf({ ...manifest, dependencies: { ...manifest.dependencies, zod: '^4.0.0' } }, tampered);
    return Promise.resolve({
      kind: 'ran',
      rows: [
        row('dependencies that are not pinned to one version', '0', `${found.loose.length}`, found.loose.length === 0),
        row(
          'packages on this machine, or for every machine, without a SHA-512',
          '0',
          list(found.unhashed),
          found.unhashed.length === 0,
        ),
        {
          what: 'optional binaries for other machines without a SHA-512 in the lock',
          goal: 'told',
          measured: list(found.elsewhere),
          n: entries.length,
          kind: 'figure',
          met: true,
        },
        row('packages fetched from elsewhere than over https', '0', list(found.foreign), found.foreign.length === 0),
        row(
          'install scripts that are not on the list',
          '0',
          found.unknownScripts.join(', ') || '0',
          found.unknownScripts.length === 0,
        ),
        row('install scripts that run', MAY_RUN.join(', '), running, running === MAY_RUN.join(', ')),
        row('packages in the lock', `<= ${PACKAGES}`, `${entries.length}`, entries.length <= PACKAGES),
        row('packages of the product itself', `<= ${FOR_PRODUCT}`, `${product}`, product <= FOR_PRODUCT),
        control('a range of versions', planted.loose.includes('zod')),
        control(
          'a weak hash',
          planted.unhashed.some(([path]) => path === somePath),
        ),
        control('a new install script', planted.unknownScripts.includes('stranger')),
      ],
    });
  },
};
