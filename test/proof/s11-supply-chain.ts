import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { goalRow } from './goal-row.ts';
import type { Proof, ProofRow } from './types.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** What the lock may hold, everything counted; each new dependency is to be weighed. */
const PACKAGES = 820;
const FOR_PRODUCT = 280;
/**
 * Binaries for other machines whose hash is not in the lock. Whoever wrote it had a registry that holds only the binaries of its own machine, and
 * npm writes a hash of what it was told. Where the whole registry can be reached, delete their entries and run `npm install --package-lock-only`;
 * then this is 0. It may only fall.
 */
const WITHOUT_HASH = 60;

type Entry = {
  readonly version?: string;
  readonly name?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
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

const C_LIBRARY = 'glibcVersionRuntime' in (process.report.getReport() as { header: object }).header ? 'glibc' : 'musl';
const names = (list: readonly string[] | undefined, own: string): boolean => list === undefined || list.includes(own);

/** Whether npm may put it on this machine. What is bound to no machine fits every one. */
const fitsHere = ({ os, cpu, libc }: Entry): boolean =>
  names(os, process.platform) && names(cpu, process.arch) && (process.platform !== 'linux' || names(libc, C_LIBRARY));

/** An optional binary that says itself that it is for another machine, and is not here. */
const isForOthers = (path: string, entry: Entry): boolean =>
  entry.optional === true && !fitsHere(entry) && !existsSync(join(ROOT, path));

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
    /** Without a hash, and installed here, or what this machine or every machine may be given. */
    unhashed: entries.filter(([path, entry]) => !hashed(entry) && !isForOthers(path, entry)),
    /** Binaries for other machines, which whoever wrote the lock never saw. */
    elsewhere: entries.filter(([path, entry]) => !hashed(entry) && isForOthers(path, entry)),
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
        'node_modules/anywhere': { version: '1.0.0', optional: true },
        'node_modules/mine': { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
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
        row(
          'optional binaries for other machines without a SHA-512 in the lock',
          `<= ${WITHOUT_HASH}`,
          `${found.elsewhere.length}, ${found.elsewhere.filter(([, { dev }]) => dev !== true).length} of the product`,
          found.elsewhere.length <= WITHOUT_HASH,
        ),
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
        control(
          'an optional package without a hash that every machine, or this one, may be given',
          ['node_modules/anywhere', 'node_modules/mine'].every((path) =>
            planted.unhashed.some(([one]) => one === path),
          ),
        ),
        control('a new install script', planted.unknownScripts.includes('stranger')),
      ],
    });
  },
};
