import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles, ROOT, readSources } from './source-files.ts';

const MAX_LINES = 400;
const sources = readSources('src');
const tests = readSources('test');

describe('habits of the house', () => {
  it(`no source file is longer than ${MAX_LINES} lines`, () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter((file) => file.lines > MAX_LINES).map((file) => `${file.path}: ${file.lines}`)).toEqual([]);
  });

  it('files are named in kebab-case', () => {
    const odd = [...sources, ...tests].map((file) => file.path).filter((path) => !/^[a-z0-9./-]+$/.test(path));
    expect(odd).toEqual([]);
  });

  it('the core reads no clock, rolls no dice and prints nothing', () => {
    const core = sources.filter((file) => file.path.startsWith('src/core/'));
    expect(core.length).toBeGreaterThan(30);
    const ambient =
      /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bsetTimeout\(|\bsetInterval\(|\bconsole\.\w|\bprocess\.\w/;
    expect(core.filter((file) => ambient.test(file.text)).map((file) => file.path)).toEqual([]);
  });

  it('no test is left out in silence', () => {
    expect(tests.length).toBeGreaterThan(20);
    const silent = /\b(it|test|describe)\.(only|skip|todo)\(/;
    expect(
      tests
        .filter((file) => file.path !== 'test/architecture/habits.test.ts' && silent.test(file.text))
        .map((file) => file.path),
    ).toEqual([]);
  });

  it('material beside the checkout is named in one test file and the judge alone', () => {
    const folders = ['src', 'test', 'docs', 'resources', 'scripts', '.ci'];
    const files = folders
      .flatMap((folder) => listFiles(folder, /./))
      .concat('README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'package.json');
    const named = files.filter((path) =>
      /\.\.\/shared\/(data|models|tools|design)|\.\.\/\.\.\/\.\.\/shared|shared=\.\.\/shared/.test(
        readFileSync(join(ROOT, path), 'latin1'),
      ),
    );
    expect(named.sort()).toEqual(['.ci/run', 'test/support/shared-material.ts']);
  });

  it('every dependency is pinned to one version', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const versions = Object.entries({ ...manifest['dependencies'], ...manifest['devDependencies'] });
    expect(versions.length).toBeGreaterThan(20);
    expect(versions.filter(([, version]) => !/^(npm:@?[\w/-]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
