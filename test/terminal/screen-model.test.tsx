import { EventEmitter } from 'node:events';
import { render } from 'ink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { clientInProcess } from '#host/open-door.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { App } from '../../src/terminal/view/app.tsx';
import { createScreenModel, type ScreenModel } from '../../src/terminal/view/screen-model.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let engine: TestEngine;
let client: AppClient;
let model: ScreenModel;

beforeEach(async () => {
  engine = await startTestEngine();
  client = clientInProcess(engine.engine, createRingLogger({ verbose: false }));
  model = createScreenModel({ client, request: { trigger: 'terminal' }, attached: false });
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

describe('the keys of the full screen, on a real engine', () => {
  it('one press runs a whole cycle and its chart follows', async () => {
    model.press('spawn');
    expect(model.state().busy).toBe(true);
    await until(() => model.state().cycle?.state === 'completed' && model.state().chart !== null);
    expect(model.state().cycle?.result?.outcome).toBe('traded');
    // News of the end comes before the figures that follow from it.
    await until(() => (model.state().chart?.markers.length ?? 0) > 0);
    await until(() => model.state().status?.lessons === 1);
    expect(model.state().busy).toBe(false);
  });

  it('pressing twice starts one cycle', async () => {
    model.press('spawn');
    model.press('spawn');
    await until(() => model.state().cycle?.state === 'completed' && !model.state().busy);
    expect(await client.invoke('cycle.list', {})).toHaveLength(1);
  });

  it('tells a refusal with its remedy and goes on', async () => {
    await client.invoke('engine.kill', { reason: 'a test' });
    model.press('spawn');
    await until(() => model.state().notice !== null);
    expect(model.state().notice).toMatch(/halted.*Remedy: resume/);
    expect(model.state().busy).toBe(false);
  });

  it('asks before it closes what an agent holds, and takes anything but y for no', async () => {
    const pending = Symbol('still there');
    const leaving = (): Promise<unknown> => Promise.race([model.left, Promise.resolve(pending)]);
    void model.start();
    await Promise.resolve();
    model.press('quit');
    expect(model.state()).toMatchObject({ asking: true, notice: expect.stringContaining('A cycle is running') });
    model.press('other');
    expect(model.state()).toMatchObject({ asking: false, notice: null });
    await until(() => !model.state().busy);
    expect(await leaving()).toBe(pending);
    model.press('quit');
    expect(await leaving()).toBeUndefined();
  });

  it('walks through the panels and back to what matters with the next cycle', async () => {
    model.press('next');
    expect(model.state().chosen).toBe('feed');
    model.press('4');
    model.press('down');
    expect(model.state()).toMatchObject({ chosen: 'result', scroll: 1 });
    model.press('up');
    model.press('up');
    expect(model.state().scroll).toBe(0);
    await model.start();
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

describe('the full screen in a terminal', () => {
  it('enters and leaves the alternate screen, follows keys and a resize, and never writes more rows than there are', async () => {
    const terminal = new FakeTerminal(100, 30);
    const keyboard = new FakeKeyboard();
    const screen = render(<App model={model} />, {
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

    keyboard.type('s');
    await until(() => model.state().cycle?.state === 'completed' && !model.state().busy);
    await terminal.drawn('the books balance');

    terminal.resize(80, 24);
    await terminal.drawn('1 brief   2 feed   3 chart   4 result');
    // The last frame alone: what stood there before the resize was drawn for the old window.
    const frame = terminal.written.slice(terminal.written.lastIndexOf('MASTER TRADER'));
    expect(frame.split('\n').length).toBeLessThanOrEqual(24);

    keyboard.type('q');
    await model.left;
    screen.unmount();
    await screen.waitUntilExit();
    expect(terminal.written).toContain('\u001b[?1049l');
  });
});
