// A package for Debian and what comes from it, made of the unpacked program with Debian's own tool. The builder would fetch another tool from the
// net for it, and that one keeps no mode that only root may give.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };
/** What Electron links and what keeps the key of the vault. */
const DEPENDS =
  'libgtk-3-0, libnss3, libasound2, libgbm1, libxss1, libxtst6, libdrm2, libsecret-1-0, libatk-bridge2.0-0, libcups2, libxkbcommon0';

const control = ({ version, description }, kilobytes) => `Package: master-trader
Version: ${version.replaceAll('-', '~')}
Architecture: ${ARCHITECTURES[process.arch]}
Maintainer: The Master Trader developers
Installed-Size: ${kilobytes}
Depends: ${DEPENDS}
Section: misc
Priority: optional
Description: A desktop trading system for one owner
 ${description}
`;

/** Lays `from` (in the checkout) at `to` (in the package), readable by everybody. */
function place(root, tree, from, to, mode = 0o644) {
  const path = join(tree, to);
  mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
  copyFileSync(join(root, from), path);
  chmodSync(path, mode);
}

/**
 * Packs the program that lies unpacked in `unpacked` into a .deb in `out`. Answers `{ made }` with its path, or `{ why }` it was not built.
 * Chromium's helper belongs to root and may become root, because a plain user may make no namespace on every system.
 */
export function buildDeb(root, unpacked, out) {
  if (spawnSync('dpkg-deb', ['--version']).error !== undefined) return { why: 'dpkg-deb is not installed here' };
  const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const architecture = ARCHITECTURES[process.arch];
  if (architecture === undefined) return { why: `no name in Debian is known for ${process.arch}` };
  const tree = mkdtempSync(join(out, 'deb-'));
  try {
    chmodSync(tree, 0o755);
    const home = join(tree, 'opt/master-trader');
    mkdirSync(dirname(home), { recursive: true });
    cpSync(unpacked, home, { recursive: true, mode: 0, verbatimSymlinks: true });
    if (spawnSync('chmod', ['-R', 'go=rX', tree]).status !== 0)
      return { why: 'the rights of its files could not be set' };
    chmodSync(join(home, 'chrome-sandbox'), 0o4755);
    mkdirSync(join(tree, 'usr/bin'), { recursive: true });
    symlinkSync('../../opt/master-trader/master-trader', join(tree, 'usr/bin/master-trader'));
    place(root, tree, 'resources/packaging/deb/master-trader.desktop', 'usr/share/applications/master-trader.desktop');
    place(root, tree, 'resources/icons/icon.png', 'usr/share/icons/hicolor/512x512/apps/master-trader.png');
    place(root, tree, 'resources/icons/icon.svg', 'usr/share/icons/hicolor/scalable/apps/master-trader.svg');
    place(root, tree, 'LICENSE', 'usr/share/doc/master-trader/copyright');
    const kilobytes = Number(spawnSync('du', ['-sk', tree], { encoding: 'utf8' }).stdout.split('\t')[0]);
    for (const script of ['postinst', 'prerm'])
      place(root, tree, `resources/packaging/deb/${script}`, `DEBIAN/${script}`, 0o755);
    writeFileSync(join(tree, 'DEBIAN/control'), control(about, kilobytes));
    const file = join(out, `master-trader_${about.version}_${architecture}.deb`);
    const done = spawnSync('dpkg-deb', ['--root-owner-group', '-Zzstd', '--build', tree, file], { encoding: 'utf8' });
    if (done.status !== 0 || !existsSync(file)) return { why: `dpkg-deb: ${done.stderr.trim().split('\n').at(-1)}` };
    return { made: [file] };
  } finally {
    rmSync(tree, { recursive: true });
  }
}
