// `npm run package [-- FORMAT...] [--out DIR] [--no-build]`: builds the packages of this platform, or the named ones. Says of each format what was
// built and how large it is, or "not built: <why>"; ends with 1 when a format that was asked for is missing.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, stripVTControlCharacters } from 'node:util';
import { buildDeb } from './deb.mjs';
import { writeNativeFiles } from './native-files.mjs';

const root = resolve(import.meta.dirname, '..');
const FORMATS = { linux: ['dir', 'AppImage', 'deb'], darwin: ['dir', 'dmg', 'zip'], win32: ['dir', 'nsis'] };
const FLAGS = { linux: '--linux', darwin: '--mac', win32: '--win' };
/** What an unpacked Linux package may weigh, Electron included: 250 MB of it are Electron's own. */
const BUDGET_MB = 460;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: 'string', default: join(root, 'dist') }, build: { type: 'boolean', default: true } },
  allowNegative: true,
});
const own = FORMATS[process.platform] ?? [];
const wanted = positionals.length === 0 ? own : positionals;
const unknown = wanted.filter((format) => !Object.values(FORMATS).flat().includes(format));
if (unknown.length > 0) {
  console.error(
    `package: there is no format ${unknown.join(', ')}; there are ${Object.values(FORMATS).flat().join(', ')}`,
  );
  process.exit(2);
}

/** Electron on this disk, so that nothing has to be fetched: the folder that is named, else what the package downloaded. */
function localElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
  const file = join(folder, 'version');
  return existsSync(file) ? { folder, version: readFileSync(file, 'utf8').trim().replace(/^v/, '') } : undefined;
}

const sizeOf = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
    : statSync(path).size;
const megabytes = (path) => Math.round(sizeOf(path) / 1e6);

/** What the builder fetches from the net for a format, and where it can be given instead. */
const FETCHES = {
  AppImage: ' (it needs the tools that the builder fetches, or a folder with them in APPIMAGE_TOOLS_PATH)',
};

/** The last words of a builder that failed which say why. */
const reasonOf = (text) => {
  const lines = text.split('\n').map((line) => stripVTControlCharacters(line).trim());
  const telling = lines.filter((line) => /⨯|error|cannot|ENOTFOUND|ECONNREFUSED|not found|failed|needs/i.test(line));
  return (telling.at(0) ?? lines.filter(Boolean).at(-1) ?? 'it did not say why').slice(0, 300);
};

/** The unpacked program of this run, made first when only what is packed from it was asked for. */
let unpacked;

function buildFormat(format, electron) {
  if (!own.includes(format)) {
    const where = Object.keys(FORMATS).find((platform) => FORMATS[platform].includes(format));
    return { why: `${format} is made on ${where}` };
  }
  if (format === 'deb') {
    unpacked ??= buildFormat('dir', electron);
    return unpacked.made === undefined ? unpacked : buildDeb(root, unpacked.made[0], values.out);
  }
  const before = new Set(existsSync(values.out) ? readdirSync(values.out) : []);
  if (format === 'dir')
    for (const name of before) if (name.endsWith('unpacked')) rmSync(join(values.out, name), { recursive: true });
  const fromDisk =
    electron === undefined ? [] : [`-c.electronDist=${electron.folder}`, `-c.electronVersion=${electron.version}`];
  const done = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      FLAGS[process.platform],
      format,
      '--publish',
      'never',
      ...fromDisk,
      `-c.directories.output=${values.out}`,
    ],
    { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, timeout: 15 * 60_000 },
  );
  if (done.status !== 0) return { why: `${reasonOf(`${done.stdout}\n${done.stderr}`)}${FETCHES[format] ?? ''}` };
  const made = readdirSync(values.out).filter((name) =>
    format === 'dir'
      ? /unpacked$|^mac/.test(name)
      : name.toLowerCase().endsWith(`.${format === 'nsis' ? 'exe' : format.toLowerCase()}`),
  );
  if (made.length === 0) return { why: 'the builder ended well and left no file' };
  const answer = { made: made.map((name) => join(values.out, name)) };
  if (format === 'dir') unpacked = answer;
  return answer;
}

if (values.build) {
  const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) process.exit(1);
}
const natives = writeNativeFiles(root, join(root, 'out/natives.sha256'));
// The owner's public key for updates, when there is one: it must lie inside the archive.
if (process.env.MT_UPDATE_KEY) copyFileSync(process.env.MT_UPDATE_KEY, join(root, 'out/update-key.pem'));
else rmSync(join(root, 'out/update-key.pem'), { force: true });
const electron = localElectron();
const pinned = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')).version;
console.log(
  `package: Electron ${electron === undefined ? `${pinned}, to be fetched` : electron.version}, ${natives} native files on the list`,
);
if (electron !== undefined && electron.version !== pinned)
  console.log(`package: this Electron is not the pinned ${pinned}: good for trying out, not for giving away`);

let missing = 0;
for (const format of wanted) {
  const { made, why } = buildFormat(format, electron);
  if (made === undefined) {
    missing += 1;
    console.log(`${format}: not built: ${why}`);
    continue;
  }
  for (const path of made) {
    const size = megabytes(path);
    const over = format === 'dir' && process.platform === 'linux' && size > BUDGET_MB;
    console.log(`${format}: ${path} (${size} MB${over ? `, over the budget of ${BUDGET_MB} MB` : ''})`);
    if (over) missing += 1;
  }
}
process.exitCode = missing === 0 ? 0 : 1;
