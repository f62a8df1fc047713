import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Terminal } from '@xterm/headless';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { NODE } from '../support/child.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { installedTerminal } from '../support/installed-terminal.ts';
import { type RunningMt, startInstalled } from '../support/run-mt.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('mt-window-terminal');
let engine: EngineProcess;
let client: AppClient;

beforeAll(async () => {
  engine = await startEngineProcess(folder.path);
  client = engine.client;
});
/** Terminals outside, which must not outlive a test that failed. */
const started: RunningMt[] = [];
afterEach(async () => {
  for (const outside of started.splice(0)) {
    outside.child.kill('SIGTERM');
    await outside.finished;
  }
});
afterAll(async () => {
  client.close();
  engine.running.child.kill('SIGTERM');
  await engine.running.finished;
  folder.remove();
});

/** What somebody in front of it sees: rows of text. */
function screenOf(columns: number, rows: number) {
  const screen = new Terminal({ cols: columns, rows, convertEol: true, allowProposedApi: true });
  const text = (): string =>
    Array.from({ length: rows }, (_, row) => screen.buffer.active.getLine(row)?.translateToString(true) ?? '').join(
      '\n',
    );
  return { screen, text };
}

/** Of util-linux: runs a command on a terminal of its own. */
const PTY = 'script';
const noPty = spawnSync(PTY, ['--version']).status !== 0;
if (noPty) console.log('not run: the window beside a real terminal (script of util-linux is not installed)');

/** Rows without what the next second changes: the clock, and how long the engine took to answer. */
const lasting = (frame: string): readonly string[] =>
  frame.split('\n').map((row) =>
    row
      .replace(/engine \d+ms/, 'engine')
      .replace(/ *\d\d:\d\d:\d\d(?= UTC)/, '')
      .trimEnd(),
  );

/** Draws what the window is given, until the terminal is closed. */
async function drawUntilClosed(id: string, screen: Terminal): Promise<void> {
  for (;;) {
    const answer = await client.invoke('terminal.read', { id }).catch(() => undefined);
    if (answer === undefined || answer.ended !== null) return;
    await new Promise<void>((resolve) => screen.write(answer.data, resolve));
  }
}

/** Reads until the screen shows this. */
async function shown(id: string, { screen, text }: ReturnType<typeof screenOf>, what: RegExp): Promise<string> {
  while (!what.test(text())) {
    const { data, ended } = await client.invoke('terminal.read', { id });
    await new Promise<void>((resolve) => screen.write(data, resolve));
    if (ended !== null) throw new Error(`it ended (${ended}) before it showed ${what}:\n${text()}`);
  }
  return text();
}

describe('the terminal of the window', () => {
  it('shows the console of mt, runs what is typed, and ends when it is left', async () => {
    const { id } = await client.invoke('terminal.open', { columns: 100, rows: 30 });
    const wide = screenOf(100, 30);
    const first = await shown(id, wide, /No agents yet/);
    // No staircase: every row begins where it should.
    expect(
      first
        .split('\n')
        .slice(1, 29)
        .every((row) => /^[╭│╰]/.test(row)),
    ).toBe(true);
    expect(first).toMatch(/^ MASTER TRADER {2}◧ SIMULATED/);
    await client.invoke('terminal.write', { id, data: ':version\r' });
    await shown(id, wide, /in the window/);
    await client.invoke('terminal.write', { id, data: ':up\r' });
    await shown(id, wide, /mt up starts an engine/);
    await client.invoke('terminal.write', { id, data: 'q' });
    await shown(id, wide, /The engine goes on/);
    await client.invoke('terminal.resize', { id, columns: 80, rows: 24 });
    wide.screen.resize(80, 24);
    await client.invoke('terminal.write', { id, data: 'y' });
    const ending = async (): Promise<string> => {
      for (;;) {
        const { ended } = await client.invoke('terminal.read', { id });
        if (ended !== null) return ended;
      }
    };
    expect(await ending()).toBe('you left it');
    await expect(client.invoke('terminal.read', { id })).rejects.toMatchObject({ reason: 'not_found' });
  });

  it.runIf(!noPty).each([
    ['?', /Keys/],
    [':approvals\r', /approvals/i],
    [':help spawn\r', /INSTRUMENT/],
  ])('shows letter by letter what a terminal outside shows, at the start and after %j', async (keys, what) => {
    const mt = `'${NODE}' '${join(await installedTerminal(), 'resources/mt.cjs')}' --home '${folder.path}'`;
    const outside = startInstalled([PTY, '-qec', `stty cols 100 rows 30; ${mt}`, '/dev/null'], {
      env: { TERM: 'xterm-256color', SHELL: '/bin/sh' },
    });
    started.push(outside);
    const [outer, inner] = [screenOf(100, 30), screenOf(100, 30)];
    let taken = 0;
    const { id } = await client.invoke('terminal.open', { columns: 100, rows: 30 });
    const reading = drawUntilClosed(id, inner.screen);
    // Both follow the same engine, each at its own moment: sooner or later they show the same.
    const same = async (shows: RegExp): Promise<void> => {
      const differing = async (): Promise<readonly string[]> => {
        const said = outside.stdout();
        await new Promise<void>((resolve) => outer.screen.write(said.slice(taken), resolve));
        taken = said.length;
        const [mine, theirs] = [lasting(inner.text()), lasting(outer.text())];
        if (!mine.some((row) => shows.test(row))) return ['not shown yet', ...mine];
        return mine.flatMap((row, at) => (row === theirs[at] ? [] : [`${row} | ${theirs[at]}`]));
      };
      await expect.poll(differing, { interval: 100 }).toEqual([]);
    };
    await same(/over 200 candles/);
    await client.invoke('terminal.write', { id, data: keys });
    outside.child.stdin?.write(keys);
    await same(what);
    await client.invoke('terminal.close', { id });
    await reading;
  });

  it('takes a line that was typed before anything was drawn: it waits for Enter, or runs with it', async () => {
    const waiting = await client.invoke('terminal.open', { columns: 100, rows: 30 });
    await client.invoke('terminal.write', { ...waiting, data: ':agent why ' });
    await shown(waiting.id, screenOf(100, 30), /:agent why ▏ID/);
    await client.invoke('terminal.close', waiting);
    const sent = await client.invoke('terminal.open', { columns: 100, rows: 30 });
    await client.invoke('terminal.write', { ...sent, data: ':version\r' });
    await shown(sent.id, screenOf(100, 30), /in the window/);
    await client.invoke('terminal.close', sent);
  });

  it('is at most four at a time, and a closed one makes room', async () => {
    const open = () => client.invoke('terminal.open', { columns: 80, rows: 24 });
    const ids = [await open(), await open(), await open(), await open()];
    await expect(open()).rejects.toMatchObject({ reason: 'refused' });
    for (const one of ids) await client.invoke('terminal.close', one);
    await client.invoke('terminal.close', await open());
  });
});
