import { EventEmitter } from 'node:events';
import { render } from 'ink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { clientInProcess } from '#host/open-door.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { ConsoleApp } from '../../src/terminal/console/app.tsx';
import type { ConsoleModel } from '../../src/terminal/console/model.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { openTestConsole } from './open-test-console.ts';

let engine: TestEngine;
let client: AppClient;
let model: ConsoleModel;

beforeEach(async () => {
  engine = await startTestEngine();
  client = clientInProcess(engine.engine, createRingLogger({ verbose: false }));
  const clock = { now: () => 1_000_000, every: () => () => undefined };
  model = openTestConsole({ client, home: engine.home, clock });
});
afterEach(async () => {
  model.close();
  client.close();
  await engine.close();
});

/** Resolves once the model's state fits. */
const until = (fits: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (fits()) return resolve();
    const undo = model.subscribe(() => {
      if (!fits()) return;
      undo();
      resolve();
    });
  });
const key = (text: string, name?: 'tab' | 'escape'): void =>
  model.press({ text, ctrl: false, shift: false, ...(name === undefined ? {} : { name }) });
const press = { trigger: 'terminal' } as const;

describe('the run that a command line presses, in the console, on a real engine', () => {
  it('runs a whole cycle in its view, and its chart follows', async () => {
    const begun = model.begin(press);
    expect(model.state()).toMatchObject({ view: 'run', starting: true });
    await begun;
    await until(() => model.state().cycle?.state === 'completed');
    expect(model.state().cycle?.result?.outcome).toBe('traded');
    // News of the end comes before the figures that follow from it.
    await until(() => (model.state().chart?.markers.length ?? 0) > 0);
    expect(model.state().starting).toBe(false);
  });

  it('makes one cycle of two presses', async () => {
    await Promise.all([model.begin(press), model.begin(press)]);
    await until(() => model.state().cycle?.state === 'completed');
    expect(await client.invoke('cycle.list', {})).toHaveLength(1);
  });

  it('rejects what the engine refuses, with its remedy', async () => {
    await client.invoke('engine.kill', { reason: 'a test' });
    await expect(model.begin(press)).rejects.toMatchObject({
      message: expect.stringContaining('halted'),
      remedy: expect.stringContaining('resume'),
    });
    expect(model.state().starting).toBe(false);
  });

  it('spawns at no single key: s types the command and waits for Enter', async () => {
    await model.begin(press);
    await until(() => model.state().cycle?.state === 'completed');
    key('s');
    expect(model.state().mode).toMatchObject({ kind: 'line', editor: { text: 'spawn BTC/USDT' } });
    key('', 'escape');
    expect(await client.invoke('cycle.list', {})).toHaveLength(1);
  });

  it('asks before it stops a run, takes anything but y for no, and then stops it', async () => {
    await model.begin(press);
    await until(() => model.state().cycle?.state === 'completed');
    key('x');
    expect(model.state().mode.kind).toBe('keys');
    const calls: unknown[] = [];
    const ended = model.state().cycle;
    if (ended === null) throw new TypeError('there is a cycle');
    const invoke = client.invoke;
    const spied = openTestConsole({
      client: {
        ...client,
        invoke: ((name: never, input: never) => {
          if (name === ('cycle.cancel' as never)) calls.push(input);
          return invoke(name, input);
        }) as AppClient['invoke'],
        on: (name, listener) => {
          // It is told of the run as if it went on.
          if (name === 'cycle.changed') queueMicrotask(() => listener({ ...ended, state: 'running' } as never));
          return () => undefined;
        },
      },
      home: engine.home,
      clock: { now: () => 1_000_000, every: () => () => undefined },
    });
    await Promise.resolve();
    spied.type('run');
    const say = (text: string): void => spied.press({ text, ctrl: false, shift: false });
    say('x');
    expect(spied.state().mode).toMatchObject({ kind: 'ask', question: expect.stringContaining('has traded') });
    say('n');
    expect(calls).toEqual([]);
    say('x');
    say('y');
    expect(calls).toEqual([{ reason: 'stopped from the terminal', cycle: ended.cycle }]);
    spied.close();
  });

  it('walks through the panels of a run, and back to what matters when the view is shown anew', () => {
    model.type('run');
    key('', 'tab');
    expect(model.state().chosen).toBe('feed');
    key('4');
    key('j');
    expect(model.state()).toMatchObject({ view: 'run', chosen: 'result', scroll: 1 });
    key('k');
    key('k');
    expect(model.state().scroll).toBe(0);
    model.type('run');
    expect(model.state().chosen).toBeUndefined();
  });
});

/** A terminal of a given size that keeps what is written to it. */
class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  columns: number;
  rows: number;
  written = '';
  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
  }
  write(text: string | Uint8Array, ...rest: unknown[]): boolean {
    this.written += String(text);
    this.emit('wrote');
    const done = rest.find((one) => typeof one === 'function');
    if (typeof done === 'function') done();
    return true;
  }
  /** Resolves once something like this was drawn. */
  drawn(text: string): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!this.written.includes(text)) return;
        this.off('wrote', look);
        resolve();
      };
      this.on('wrote', look);
      look();
    });
  }
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.written = '';
    this.emit('resize');
  }
}

class FakeKeyboard extends EventEmitter {
  readonly isTTY = true;
  #waiting: string | null = null;
  type(text: string): void {
    this.#waiting = text;
    this.emit('readable');
    this.emit('data', text);
  }
  read(): string | null {
    const text = this.#waiting;
    this.#waiting = null;
    return text;
  }
  setEncoding(): void {}
  setRawMode(): void {}
  resume(): void {}
  pause(): void {}
  ref(): void {}
  unref(): void {}
}

describe('a run in a terminal', () => {
  it('enters and leaves the alternate screen, follows a resize, and never writes more rows than there are', async () => {
    const terminal = new FakeTerminal(100, 30);
    const keyboard = new FakeKeyboard();
    model.type('run');
    const screen = render(<ConsoleApp model={model} />, {
      // Ink asks of its streams only what these have.
      stdout: terminal as unknown as NodeJS.WriteStream,
      stdin: keyboard as unknown as NodeJS.ReadStream,
      interactive: true,
      alternateScreen: true,
      incrementalRendering: true,
      exitOnCtrlC: false,
      patchConsole: false,
    });
    await terminal.drawn('Nothing has run yet.');
    expect(terminal.written).toContain('\u001b[?1049h');

    await model.begin(press);
    await until(() => model.state().cycle?.state === 'completed');
    await terminal.drawn('the books balance');

    terminal.resize(80, 24);
    await terminal.drawn('1 brief   2 feed   3 chart   4 result');
    // The last frame alone: what stood there before the resize was drawn for the old window.
    const frame = terminal.written.slice(terminal.written.lastIndexOf('MASTER TRADER'));
    expect(frame.split('\n').length).toBeLessThanOrEqual(24);

    keyboard.type('q');
    await until(() => model.state().mode.kind === 'ask');
    keyboard.type('y');
    await model.left;
    screen.unmount();
    await screen.waitUntilExit();
    expect(terminal.written).toContain('\u001b[?1049l');
  });
});
