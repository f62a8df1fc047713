import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashModelFile } from '#adapters/inference-llama/check-model-file.ts';
import type { DownloadView } from '#shared/contract/models.ts';
import { killStarted, startScript } from '../support/child.ts';
import { type ModelServer, neverAsked, startModelServer } from '../support/model-server.ts';
import { type ModelsHome, openModelsHome } from '../support/models.ts';
import { modelFile, notRunWithoutShared } from '../support/shared-material.ts';

const absent = notRunWithoutShared('downloads of models');
const CHAT = modelFile('minimind2-small-q8_0.gguf');

/** Bytes that the sleeper last said had come. */
const arrived = (stdout: string): number => Number(stdout.match(/\d+(?=\n$)/)?.[0] ?? 0);

describe.skipIf(absent)('downloads of models', () => {
  let home: ModelsHome;
  let server: ModelServer;
  beforeEach(async () => {
    home = openModelsHome();
    server = await startModelServer(readFileSync(CHAT));
  });
  afterEach(async () => {
    killStarted();
    await home.dispose();
    await server.close();
  });

  const view = (): DownloadView | undefined => home.models.manager.list().downloads[0];
  const filesLeft = () => readdirSync(join(home.folder, 'models'));
  const until = (what: (view: DownloadView | undefined) => boolean) =>
    expect.poll(() => what(view()), { interval: 50 }).toBe(true);
  const ended = () => until((now) => now?.state !== 'running');

  it('bring the file with progress, pin its hash and label it so', async () => {
    const started = home.models.manager.download(server.url, 'small');
    expect(started).toMatchObject({ name: 'small', state: 'running', doneBytes: 0 });
    await ended();
    expect(view()).toMatchObject({ state: 'done', doneBytes: 31_183_776, totalBytes: 31_183_776, why: null });
    const [model] = home.models.manager.list().models;
    expect(model).toMatchObject({
      name: 'small',
      kept: 'downloaded',
      source: server.url,
      sha256: await hashModelFile(CHAT),
      hashLabel: 'pinned on first download',
    });
    expect(await hashModelFile(model?.path ?? '')).toBe(model?.sha256);
    expect(filesLeft()).toEqual(['small.gguf']);
  });

  it('are paused, keep every whole part of it when the program ends, and go on where they stopped', async () => {
    server.hold(26_000_000);
    const { id } = home.models.manager.download(server.url, undefined);
    await until((now) => (now?.doneBytes ?? 0) > 14_000_000);
    expect(await home.models.manager.pause(id)).toMatchObject({ state: 'paused', name: 'small-model' });
    expect(filesLeft().every((name) => name.startsWith('incoming-'))).toBe(true);
    await home.reopen();
    server.hold(Number.POSITIVE_INFINITY);
    const before = server.asked().length;
    home.models.manager.download(server.url, undefined);
    await ended();
    expect(view()).toMatchObject({ state: 'done', why: null });
    const missing = neverAsked(server.asked().slice(before), 31_183_776);
    expect(missing, 'what had arrived is not fetched again').toBeGreaterThan(4_000_000);
    expect(home.models.manager.list().models[0]?.sha256).toBe(await hashModelFile(CHAT));
  });

  it('leave nothing behind when they are canceled', async () => {
    server.hold(12_000_000);
    const { id } = home.models.manager.download(server.url, undefined);
    await until((now) => (now?.doneBytes ?? 0) > 2_000_000);
    await home.models.manager.cancel(id);
    expect(filesLeft()).toEqual([]);
    expect(home.models.manager.list()).toMatchObject({ models: [], downloads: [] });
  });

  it('refuse another file from the same address later, even when the model was removed meanwhile', async () => {
    home.models.manager.download(server.url, 'small');
    await ended();
    await home.models.manager.remove('small');
    server.serve(readFileSync(modelFile('stories260K-f32.gguf')));
    home.models.manager.download(server.url, 'small');
    await ended();
    expect(view()).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/not what was pinned on \d{4}-\d\d-\d\d/),
    });
    expect(home.models.manager.list().models).toEqual([]);
    expect(filesLeft()).toEqual([]);
    server.serve(readFileSync(CHAT));
    home.models.manager.download(server.url, 'small');
    await ended();
    expect(view()?.state).toBe('done');
  });

  it('refuse a page instead of a model, and an address without one', async () => {
    server.serve(Buffer.from('<html>please log in</html>'.repeat(5_000)), 'text/html');
    home.models.manager.download(server.url, undefined);
    await ended();
    expect(view()).toMatchObject({ state: 'failed', why: expect.stringContaining('is not a GGUF file') });
    server.status(404);
    home.models.manager.download(server.url, undefined);
    await ended();
    expect(view()?.state).toBe('failed');
    expect(filesLeft()).toEqual([]);
  });

  it('say so when nothing answers, and when the file is not there', async () => {
    await server.close();
    home.models.manager.download(server.url, undefined);
    await ended();
    const { host } = new URL(server.url);
    expect(view()).toMatchObject({
      state: 'failed',
      why: `nothing answers at ${host} (ECONNREFUSED)`,
      bytesPerSecond: null,
    });
    server = await startModelServer(readFileSync(CHAT));
    server.status(404);
    home.models.manager.download(server.url, 'other');
    await expect.poll(() => home.models.manager.list().downloads[1]?.why).toContain('status 404');
  });

  it('show zero bytes a second while nothing arrives, outlive a cut connection, and go on', async () => {
    server.hold(12_000_000);
    home.models.manager.download(server.url, undefined);
    await until((now) => (now?.bytesPerSecond ?? 0) > 0);
    await until((now) => (now?.doneBytes ?? 0) > 2_000_000 && now?.bytesPerSecond === 0);
    expect(view()?.state).toBe('running');
    server.drop();
    server.hold(Number.POSITIVE_INFINITY);
    await ended();
    expect(view()).toMatchObject({ state: 'done', why: null });
    expect(home.models.manager.list().models[0]?.sha256).toBe(await hashModelFile(CHAT));
  });

  it('outlive a sleep of the machine, in which the connection died unheard, and go on', async () => {
    server.hold(12_000_000);
    const sleeper = startScript('download-a-model.ts', [server.url]);
    await expect.poll(() => arrived(sleeper.stdout())).toBeGreaterThan(2_000_000);
    // Stopped like this a process sees nothing, and finds its clocks further on when it wakes.
    sleeper.child.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    server.drop();
    const before = server.asked().length;
    server.hold(Number.POSITIVE_INFINITY);
    sleeper.child.kill('SIGCONT');
    const { stdout } = await sleeper.finished;
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`ended done ${await hashModelFile(CHAT)}`);
    expect(server.asked().length, 'what was missing was asked for anew').toBeGreaterThan(before);
  });

  it('need a tenth more room than the file has, stop when the disk fills up, and go on from there', async () => {
    // What the file needs on top of the reserve of the journal.
    let free = 1_000_000_000 + 31_000_000;
    await home.reopen({ freeDisk: () => free });
    home.models.manager.download(server.url, undefined);
    await ended();
    expect(view()).toMatchObject({ state: 'failed', why: expect.stringContaining('may be written') });
    free = 5_000_000_000;
    server.hold(20_000_000);
    home.models.manager.download(server.url, undefined);
    await until((now) => (now?.doneBytes ?? 0) > 6_000_000);
    free = 1_000_000;
    server.hold(24_000_000);
    await ended();
    server.hold(Number.POSITIVE_INFINITY);
    expect(view()).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/filling up: 1 MB are free and \d+ MB/),
    });
    expect(filesLeft().some((name) => name.startsWith('incoming-'))).toBe(true);
    free = 5_000_000_000;
    home.models.manager.download(server.url, undefined);
    await ended();
    expect(view()).toMatchObject({ state: 'done', why: null });
  });

  it.each([
    ['http://models.example.org/a.gguf', 'over http://'],
    ['ftp://127.0.0.1/a.gguf', 'over ftp://'],
    ['file:///etc/passwd', 'over file://'],
    ['https://name:word@models.example.org/a.gguf', 'a name or a password'],
  ])('take no address like %s', (url, why) => {
    expect(() => home.models.manager.download(url, undefined)).toThrow(why);
  });
});
