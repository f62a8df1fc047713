import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { clientInProcess } from '#host/open-door.ts';
import { commandName } from '#shared/commands/command.ts';
import { complete } from '#shared/commands/complete.ts';
import { commands } from '#shared/commands/registry.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { cycleRequest } from '#shared/contract/cycle.ts';
import { consoleLines } from '../../src/terminal/console/draw.ts';
import type { KeyPress } from '../../src/terminal/console/editor.ts';
import { KEYS } from '../../src/terminal/console/keys.ts';
import type { ConsoleModel } from '../../src/terminal/console/model.ts';
import { textOf } from '../../src/terminal/text/line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { openTestConsole } from './open-test-console.ts';

let engine: TestEngine;
let client: AppClient;
let model: ConsoleModel;
let copied: string[] = [];
/** Moved by hand; ticks come when the test calls them. */
let now = 1_000_000;
let ticks: (() => void)[] = [];

beforeEach(async () => {
  engine = await startTestEngine();
  client = clientInProcess(engine.engine, createRingLogger({ verbose: false }));
  copied = [];
  ticks = [];
  model = open(client);
});
afterEach(async () => {
  model.close();
  client.close();
  await engine.close();
});

const open = (of: AppClient): ConsoleModel =>
  openTestConsole({
    client: of,
    home: engine.home,
    clock: {
      now: () => now,
      every: (_ms, work) => {
        ticks.push(work);
        return () => undefined;
      },
    },
    copy: (text) => copied.push(text),
  });

const key = (text: string, more: Partial<KeyPress> = {}): void =>
  model.press({ text, ctrl: false, shift: false, ...more });
const named = (name: NonNullable<KeyPress['name']>): void => key('', { name });
const typeLine = (text: string): void => {
  key(':');
  key(text);
  named('enter');
};
const until = (fits: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (fits()) return resolve();
    const undo = model.subscribe(() => {
      if (!fits()) return;
      undo();
      resolve();
    });
  });
const paneText = (): string => (model.state().pane?.lines ?? []).map(textOf).join('\n');
const ended = (): Promise<void> => until(() => model.state().pane?.running === false);

describe('the command line of the console, on a real engine', () => {
  it('runs the commands of mt and shows what they write', async () => {
    typeLine('status');
    await ended();
    expect(paneText()).toMatch(/MASTER TRADER.*SIMULATED/);
    typeLine('mt agent why A-none');
    await ended();
    expect(paneText()).toMatch(/Remedy: /);
    typeLine('spawn BTC/USDT --seed 7');
    await ended();
    expect(paneText()).toContain('the books balance');
    await until(() => model.state().agents.length === 1 && model.state().cycle?.state === 'completed');
    await until(() => model.state().chart !== null);
  });

  it('follows a press bit by bit and ends at what came of it', async () => {
    model.type('spawn BTC/USDT');
    await expect.poll(() => model.state().pane?.running).toBe(false);
    const told = (model.state().pane?.lines ?? []).map(textOf);
    const at = (text: string): number => told.findIndex((one) => one.includes(text));
    expect(at('✓ Agent  ')).toBeGreaterThan(at('✓ Agent spec'));
    expect(told.at(-1)).toContain('mt spawn');
    expect(model.state().scroll).toBeGreaterThan(told.length);
    // The first key up already moves.
    const { scroll } = model.state();
    model.press({ text: 'k', ctrl: false, shift: false });
    expect(model.state().scroll).toBeLessThan(Math.min(scroll, told.length * 2));
  });

  it('keeps what was typed, completes it, and gives it back with an arrow', async () => {
    key(':');
    key('vers');
    named('tab');
    expect(model.state().mode).toMatchObject({ editor: { text: 'version ' } });
    named('enter');
    await ended();
    key(':');
    named('up');
    expect(model.state().mode).toMatchObject({ editor: { text: 'version' } });
    named('escape');
    key(':');
    key('x\u001b[2Jy\nkill');
    expect(model.state().mode).toMatchObject({ kind: 'line', editor: { text: 'x [2Jy kill' } });
    expect(await client.invoke('engine.status', {})).toMatchObject({ tradingState: 'active' });
  });

  it('refuses what would begin inside of itself', async () => {
    for (const words of ['up', 'status --home /elsewhere', 'kill "open']) {
      typeLine(words);
      await until(() => model.state().pane?.running === false || model.state().notice !== null);
      expect(`${paneText()}${model.state().notice?.text ?? ''}`).toMatch(/runs already|not closed/);
      key('x');
    }
  });

  it('asks for a secret without showing it, and lets go of it', async () => {
    typeLine('vault set-passphrase');
    await until(() => model.state().mode.kind === 'secret');
    key('four plain words here');
    expect(JSON.stringify(model.state().pane)).not.toContain('plain words');
    named('enter');
    await until(() => model.state().mode.kind === 'secret' && JSON.stringify(model.state().mode).includes('Once more'));
    named('escape');
    await ended();
    expect(paneText()).toContain('nothing was typed');
  });
});

describe('the keys of the console', () => {
  it('never increase risk by themselves: no single key sends anything but a question', async () => {
    await engine.press({ seed: 7 });
    await until(() => model.state().agents.length === 1);
    const before = await engine.records();
    const printableKeys = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
      (one) => one !== 'L',
    );
    for (const one of printableKeys) {
      key(one);
      // Whatever was opened is left without an answer.
      named('escape');
      named('escape');
    }
    await until(() => model.state().pane === null || !model.state().pane?.running);
    expect((await engine.records()).length).toBe(before.length);
    expect(await client.invoke('engine.status', {})).toMatchObject({ tradingState: 'active' });
  });

  it('kill only when pressed twice within two seconds', async () => {
    key('!');
    now += 2_500;
    key('!');
    expect(model.state().pane).toBeNull();
    now += 500;
    key('!');
    await ended();
    expect(paneText()).toContain('TRADING IS HALTED');
    expect(await client.invoke('engine.status', {})).toMatchObject({ tradingState: 'halted' });
  });

  it('halt only after yes, and spawn only with Enter', async () => {
    key('h');
    key('n');
    expect(model.state().pane).toBeNull();
    key('s');
    expect(model.state().mode).toMatchObject({ kind: 'line', editor: { text: 'spawn BTC/USDT' } });
    named('escape');
    expect(await client.invoke('cycle.list', {})).toEqual([]);
    key('h');
    key('y');
    await ended();
    expect(await client.invoke('engine.status', {})).toMatchObject({ tradingState: 'reducing' });
  });

  it('walk through agents, open what one decided, filter them, copy an id', async () => {
    const { agentId } = await engine.press({ seed: 7 });
    await until(() => model.state().agents.length === 1);
    key('y');
    expect(copied).toEqual([agentId]);
    named('enter');
    await ended();
    expect(model.state().pane?.title).toContain(`agents log ${agentId}`);
    named('escape');
    key('w');
    await ended();
    expect(paneText()).toContain('Why it exists');
    named('escape');
    key('p');
    await ended();
    expect(model.state().pane?.title).toContain(`agent pause ${agentId}`);
    expect(paneText()).toContain('has ended already');
    named('escape');
    key('x');
    expect(model.state().mode).toMatchObject({ kind: 'ask', question: expect.stringContaining('hands off') });
    named('escape');
    key('/');
    key('nothing fits this');
    named('enter');
    expect(model.state().filter).toBe('nothing fits this');
    key('y');
    expect(model.state().notice?.text).toBe('Nothing is selected.');
    named('escape');
    expect(model.state().filter).toBe('');
  });

  it('change the candles of the chart', async () => {
    await until(() => model.state().chart !== null);
    key('2');
    key(']');
    await until(() => model.state().chart?.interval === '15m');
    key('[');
    key('[');
    await until(() => model.state().chart?.interval === '1m');
    key('+');
    expect(model.state().candles).toBe(100);
    key('0');
    expect(model.state().candles).toBe(200);
    named('left');
    expect(model.state().pan).toBe(10);
  });

  it('leave only after yes', async () => {
    const pending = Symbol('still there');
    const leaving = (): Promise<unknown> => Promise.race([model.left, Promise.resolve(pending)]);
    key('q');
    key('n');
    expect(await leaving()).toBe(pending);
    key('q');
    key('y');
    expect(await leaving()).toBeUndefined();
  });

  it('leave when Ctrl C is pressed again, as hands do', async () => {
    const pending = Symbol('still there');
    const leaving = (): Promise<unknown> => Promise.race([model.left, Promise.resolve(pending)]);
    const interrupt: KeyPress = { text: 'c', ctrl: true, shift: false };
    // Any other question takes it for a no.
    key('h');
    model.press(interrupt);
    expect(await leaving()).toBe(pending);
    expect(model.state().mode.kind).toBe('keys');
    model.press(interrupt);
    expect(await leaving()).toBe(pending);
    model.press(interrupt);
    expect(await leaving()).toBeUndefined();
  });

  it('show views by name and by number', async () => {
    typeLine('lab');
    await until(() => model.state().body?.running === false && (model.state().body?.lines.length ?? 0) > 0);
    expect(model.state().view).toBe('lab');
    named('escape');
    expect(model.state().view).toBe('dash');
    typeLine('2');
    expect(model.state().view).toBe('market');
  });

  it('decide in the list of approvals: a asks and approves, e and r type the rest, Enter shows the whole', async () => {
    await client.invoke('mode.set', { mode: 'semi', by: 'terminal' });
    const { cycle } = await client.invoke('cycle.start', cycleRequest.parse({ trigger: 'button' }));
    await until(() => model.state().approvals?.pending.length === 1);
    typeLine('approvals');
    const shown = (): string => consoleLines(model.state(), { columns: 120, rows: 30 }).map(textOf).join('\n');
    expect(shown()).toMatch(/▸ +AP-1/);
    key('e');
    expect(model.state().mode).toMatchObject({ kind: 'line', editor: { text: 'approve AP-1 --max-size ' } });
    named('escape');
    key('r');
    expect(model.state().mode).toMatchObject({ kind: 'line', editor: { text: 'reject AP-1 --reason "' } });
    named('escape');
    named('enter');
    await until(() => model.state().pane?.running === false);
    expect(model.state().pane?.lines.map(textOf).join('\n')).toContain('Drawdown');
    named('escape');
    key('a');
    expect(model.state().mode).toMatchObject({ kind: 'ask', question: expect.stringContaining('Approve AP-1') });
    key('n');
    expect((await client.invoke('approvals.list', {})).pending).toHaveLength(1);
    key('a');
    key('y');
    await until(() => model.state().approvals?.pending.length === 0);
    expect((await client.invoke('approvals.list', {})).decided).toMatchObject([{ id: 'AP-1', by: 'terminal' }]);
    expect((await client.invoke('cycle.wait', { cycle })).agentId).not.toBeNull();
    named('escape');
    await until(() => shown().includes('approved'));
    key('a');
    expect(model.state().mode).toEqual({ kind: 'keys' });
  });

  it('are all in the sheet, each with what it does', () => {
    expect(KEYS.length).toBeGreaterThan(20);
    expect(new Set(KEYS.map(({ keys, where }) => `${keys}${where ?? ''}`)).size).toBe(KEYS.length);
  });
});

describe('an engine that does not answer', () => {
  it('is shown as silent with the time it has been, and as there again', async () => {
    let release: () => void = () => undefined;
    const hung: AppClient = {
      ...client,
      invoke: (name, input) =>
        name === 'engine.status'
          ? new Promise((resolve, reject) => {
              release = () => void client.invoke(name, input).then(resolve, reject);
            })
          : client.invoke(name, input),
    };
    model.close();
    ticks = [];
    model = open(hung);
    now += 2_000;
    for (const tick of ticks) tick();
    expect(model.state().engine.silentMs).toBeNull();
    now += 5_400;
    for (const tick of ticks) tick();
    expect(model.state().engine.silentMs).toBe(7_400);
    release();
    await until(() => model.state().engine.silentMs === null);
    expect(model.state().status).not.toBeNull();
  });

  it('is shown as gone when the line is closed', async () => {
    client.close();
    for (const tick of ticks) tick();
    await until(() => model.state().engine.gone);
  });
});

describe('completion', () => {
  it.each(commands.map((command) => [commandName(command), command] as const))('leads to mt %s', (name, command) => {
    for (let length = 1; length < name.length; length++) {
      const typed = name.slice(0, length);
      const found = complete(typed, commands);
      const all = commands.filter((candidate) => commandName(candidate).startsWith(typed));
      if (all.length <= 6)
        expect(
          found.completions.map(({ label }) => label),
          typed,
        ).toContain(name);
    }
    expect(complete(`${name} `, commands).ghost).toEqual(expect.any(String));
    expect(command.summary).not.toBe('');
  });

  it('offers options, values that are known, and what is still missing', () => {
    const known = { INSTRUMENT: ['BTC/USDT', 'ETH/USDT'] };
    const at = (text: string) => complete(text, commands, known);
    expect(at('spawn e').completions[0]?.line).toBe('spawn ETH/USDT ');
    expect(at('spawn BTC/USDT --se').completions.map(({ line }) => line)).toContain('spawn BTC/USDT --seed ');
    expect(at('order buy ').ghost).toBe('INSTRUMENT QUANTITY [options]');
    expect(at('order buy BTC/USDT 0.1').ghost).toBe(' [options]');
    expect(at('kill --reason "a').ghost).toBe('"');
    expect(at('resu').ghost).toBe('me');
    expect(at('nonsense').completions).toEqual([]);
  });
});
