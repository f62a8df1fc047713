import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadFile } from '#adapters/inference-llama/download-file.ts';
import { killStarted, startScript } from '../support/child.ts';
import { type ModelServer, neverAsked, startModelServer } from '../support/model-server.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';
import { tempFolder } from '../support/temp-folder.ts';

const absent = notRunWithoutShared('what is kept of a download');
const CHAT = modelFile('minimind2-small-q8_0.gguf');
const FILE = 'incoming-m.gguf';
const BYTES = 31_183_776;

describe.skipIf(absent)('what is kept of a download', () => {
  let folder: ReturnType<typeof tempFolder>;
  let server: ModelServer;
  beforeEach(async () => {
    folder = tempFolder('mt-kept-');
    server = await startModelServer(readFileSync(CHAT));
    server.hold(30_000_000);
    const first = startScript('download-on-slow-disk.ts', [server.url, folder.path, '21000000']);
    expect((await first.finished).stdout).toBe('stopped\n');
    server.hold(Number.POSITIVE_INFINITY);
  });
  afterEach(async () => {
    killStarted();
    await server.close();
    folder.remove();
  });

  const goOn = async (): Promise<boolean> => {
    await downloadFile(
      { do: 'download', url: server.url, folder: folder.path, fileName: FILE, mostBytes: 1e9 },
      () => undefined,
      new AbortController().signal,
    );
    return readFileSync(join(folder.path, FILE)).equals(readFileSync(CHAT));
  };

  it('was written before the process ended, so that the rest makes the file whole', async () => {
    const before = server.asked().length;
    expect(await goOn()).toBe(true);
    const spared = neverAsked(server.asked().slice(before), BYTES);
    expect(spared).toBeGreaterThan(4_000_000);
  });

  it('is thrown away where nobody saw it written, as after a crash', async () => {
    const mark = join(folder.path, `${FILE}.written`);
    expect(existsSync(mark)).toBe(true);
    rmSync(mark);
    const before = server.asked().length;
    expect(await goOn()).toBe(true);
    const spared = neverAsked(server.asked().slice(before), BYTES);
    expect(spared).toBe(0);
  });
});
