import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { AgentView } from '#shared/contract/agents.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import type { ApprovalView, ModeView } from '#shared/contract/automation.ts';
import type { EngineStatus, SealedStatus } from '#shared/contract/engine.ts';
import type { TrayActions, TrayView } from '../../../src/main/tray-menu.ts';
import { createFakeElectron } from './fake-electron.ts';

const fake = createFakeElectron();
vi.doMock('electron', () => fake.electron);
const { appMenu } = await import('../../../src/main/app-menu.ts');
const { mayQuit } = await import('../../../src/main/ask-before-quit.ts');
const { closeToTray } = await import('../../../src/main/close-window.ts');
const { openExternal } = await import('../../../src/main/open-external.ts');
const { createSpoken } = await import('../../../src/main/spoken.ts');
const { trayActions } = await import('../../../src/main/tray-actions.ts');
const { trayMenu, trayTooltip } = await import('../../../src/main/tray-menu.ts');
const { checkForUpdates } = await import('../../../src/main/updates.ts');
const { wordsIn } = await import('../../../src/main/words.ts');
const { state } = fake;

const nothing = (): void => undefined;
const actions: TrayActions & { readonly updates: () => void } = {
  spawn: nothing,
  openWindow: nothing,
  kill: nothing,
  haltEntries: nothing,
  pause: nothing,
  retire: nothing,
  release: nothing,
  lock: nothing,
  lowerMode: nothing,
  hotkey: { accelerator: 'F12', problem: null, release: nothing },
  quit: nothing,
  updates: nothing,
};
const status = {
  tradingState: 'active',
  agentsRunning: 2,
  environment: 'simulated',
  mode: 'semi',
  equity: '10042.18',
  dayPnlFraction: '0.0042',
  totalPnl: '42.18',
  quoteAsset: 'USDT',
  protection: { protected: true },
} as EngineStatus;
const approval = {
  id: 'AP-19',
  instrument: 'ETH/USDT',
  entry: null,
  impact: { asset: 'USDT', exposure: '180', worstTrade: '9' },
} as ApprovalView;
const agent = {
  agentId: 'A-7',
  state: 'trading',
  family: 'mean-reversion',
  instrument: 'BTC/USDT',
  paused: null,
} as AgentView;
const open: TrayView = {
  status,
  agents: [agent, { ...agent, paused: { at: 1 } } as unknown as AgentView],
  approvals: [approval, { ...approval, entry: {} } as ApprovalView],
  mode: { chosen: 'semi', raises: ['full'] } as unknown as ModeView,
};
const locked: TrayView = {
  status: { sealed: 'locked', tradingState: 'halted' } as SealedStatus,
  agents: [],
  approvals: [],
  mode: null,
};
const halted: TrayView = {
  ...open,
  status: { ...status, tradingState: 'halted', protection: { protected: false } } as EngineStatus,
  agents: [],
};

/** Every text of a menu, of its submenus too. */
const labels = (items: readonly MenuItemConstructorOptions[]): readonly string[] =>
  items.flatMap(({ type, role, label, submenu }) => [
    // What Electron would name by itself is in English whatever is chosen.
    ...(type === 'separator' ? [] : [label ?? `unnamed role ${role}`]),
    ...(Array.isArray(submenu) ? labels(submenu) : []),
  ]);
/** As the language that nobody speaks writes a text from the tables. */
const FROM_THE_TABLES = /^\[.*\]$/s;

describe('the menus of tray and application', () => {
  it.each([
    ['open', open],
    ['locked', locked],
    ['halted', halted],
  ])('take every word from the tables while %s', (_, view) => {
    const words = wordsIn('pseudo');
    for (const text of [...labels(trayMenu(view, actions, words)), ...labels(appMenu(actions, words))])
      expect(text).toMatch(FROM_THE_TABLES);
  });

  it('are in Swahili where that is chosen, with the same figures', () => {
    const words = wordsIn('sw');
    const said = labels(trayMenu(open, actions, words));
    expect(said).toEqual(
      expect.arrayContaining([
        'Mtaji 10,042.18\u00a0USDT (+0.42% leo)',
        'AP-19 wakala kwenye ETH/USDT 180.00\u00a0USDT, hasara mbaya zaidi −9.00\u00a0USDT',
        'Nusu otomatiki',
        'A-7 Kurudi kwenye wastani BTC/USDT (amesitishwa)',
      ]),
    );
    expect(trayTooltip(open, words)).toBe('SIMULATED · mawakala 2 · siku +0.42% · jumla +42.18\u00a0USDT · idhini 2');
  });

  it.each(['en', 'sw', 'pseudo'] as const)('say no amount while the program is locked, in %s', (language) => {
    const words = wordsIn(language);
    for (const text of [trayTooltip(locked, words), ...labels(trayMenu(locked, actions, words))])
      expect(text).not.toMatch(/\d|USDT/);
  });
});

describe('the language of the main process', () => {
  it('is the system’s until the master’s choice is known, and tells when it became another', () => {
    const spoken = createSpoken(() => 'sw-KE');
    expect(spoken.language()).toBe('sw');
    expect([spoken.choose('sw'), spoken.choose('en'), spoken.language()]).toEqual([false, true, 'en']);
    expect([spoken.choose('system'), spoken.language()]).toEqual([true, 'sw']);
    expect(createSpoken(() => 'de').language()).toBe('en');
  });
});

describe('the dialogs of the desktop', () => {
  const words = () => wordsIn('pseudo');
  const spoken = createSpoken(() => 'en');
  spoken.choose('pseudo');
  /** An engine that answers these calls, and refuses every other. */
  const engine = (answers: Readonly<Record<string, unknown>>): AppClient => {
    const invoke = (name: string) =>
      name in answers ? Promise.resolve(answers[name]) : Promise.reject(new Error(`no ${name} here`));
    return { invoke } as unknown as AppClient;
  };
  beforeEach(() => {
    state.questions = [];
    state.errorBoxes = [];
    state.answer = 1;
  });

  it.each([
    [
      'of the kill switch',
      async () => trayActions({ client: engine({}), runDir: '', openWindow: nothing, words }).kill(),
    ],
    ['before the end', () => mayQuit(engine({ 'engine.status': locked.status }), words, nothing)],
    [
      'at the first closing',
      () =>
        closeToTray(
          { hide: nothing, minimize: nothing },
          engine({ 'preferences.get': { closeToTrayExplained: false }, 'preferences.set': {} }),
          spoken,
          () => Promise.resolve(true),
        ),
    ],
    ['of updates', () => checkForUpdates(engine({}), words())],
  ])('%s take every word from the tables', async (_, ask) => {
    await ask();
    await expect.poll(() => state.questions).toHaveLength(1);
    const [{ message, detail, buttons = [] }] = state.questions as [(typeof state.questions)[0]];
    for (const text of [message, detail, ...buttons]) expect(text).toMatch(FROM_THE_TABLES);
  });

  it('of an address shows the address as it is', async () => {
    await openExternal('https://www.kraken.com/', spoken);
    expect(state.questions).toEqual([
      expect.objectContaining({ message: expect.stringMatching(FROM_THE_TABLES), detail: 'https://www.kraken.com/' }),
    ]);
  });

  it('of what was not done name it and say why', async () => {
    const client = engine({});
    trayActions({ client, runDir: '', openWindow: nothing, words: () => wordsIn('sw') }).retire('A-7');
    await expect.poll(() => state.errorBoxes).toEqual(['A-7 hakusimamishwa: no agents.retire here']);
  });
});
