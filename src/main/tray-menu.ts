import type { MenuItemConstructorOptions } from 'electron';
import type { AgentView } from '#shared/contract/agents.ts';
import type { ApprovalView, ChosenModeText, ModeView } from '#shared/contract/automation.ts';
import { type EngineStatus, isSealed, type SealedStatus } from '#shared/contract/engine.ts';
import { MINUS, moneyText, percentText } from '#shared/format/figures.ts';
import { environmentName, sentence } from '#shared/format/names.ts';
import type { KillHotkey } from './kill-hotkey.ts';
import { label, type Words } from './words.ts';

export type TrayActions = {
  readonly spawn: () => void;
  /** Opens the window, at a screen when one is named. */
  readonly openWindow: (link?: string) => void;
  /** Asks, then stops and closes everything. Works while the program is locked. */
  readonly kill: () => void;
  /** Takes nothing new; agents go on to mind and close what they hold. */
  readonly haltEntries: () => void;
  /** Keeps an agent from opening anything. */
  readonly pause: (agentId: string) => void;
  /** Closes what an agent holds and ends it. */
  readonly retire: (agentId: string) => void;
  /** Takes an agent's hands off what it holds. */
  readonly release: (agentId: string) => void;
  readonly lock: () => void;
  /** To a mode that asks the master more often. */
  readonly lowerMode: (mode: ChosenModeText) => void;
  /** Named in the menu: the combination, or why there is none. */
  readonly hotkey?: KillHotkey;
  readonly quit: () => void;
};

/** What the tray shows. */
export type TrayView = {
  readonly status: EngineStatus | SealedStatus;
  readonly agents: readonly AgentView[];
  /** What waits for the master, oldest first. */
  readonly approvals: readonly ApprovalView[];
  /** Null while it is not told. */
  readonly mode: ModeView | null;
};

export function trayTooltip({ status, approvals }: Pick<TrayView, 'status' | 'approvals'>, { t }: Words): string {
  const halted = status.tradingState === 'halted' ? [t('desktop.tray.halted')] : [];
  if (isSealed(status)) return [t('desktop.tray.locked'), ...halted].join(' · ');
  return [
    environmentName(status.environment),
    ...(halted.length > 0 ? halted : [t('desktop.tray.agents', { count: status.agentsRunning })]),
    t('desktop.tray.day', { percent: percentText(status.dayPnlFraction, 2, { sign: 'always' }) }),
    t('desktop.tray.total', { amount: moneyText(status.totalPnl, status.quoteAsset, { sign: 'always' }) }),
    ...(approvals.length === 0 ? [] : [t('desktop.tray.approvals', { count: approvals.length })]),
  ].join(' · ');
}

/** What can be done without the passphrase. */
const lockedMenu = (view: TrayView, actions: TrayActions, words: Words): MenuItemConstructorOptions[] => [
  { id: 'title', label: trayTooltip(view, words), enabled: false },
  { type: 'separator' },
  { id: 'open', label: words.t('desktop.do.unlock'), click: () => actions.openWindow() },
  { id: 'kill', label: label(words.t('desktop.do.kill')), click: actions.kill },
  { type: 'separator' },
  { id: 'quit', label: words.t('desktop.do.quit'), click: actions.quit },
];

const agentMenu = (
  { agentId, paused }: AgentView,
  actions: TrayActions,
  { t }: Words,
): MenuItemConstructorOptions[] => [
  { label: t('desktop.tray.open'), click: () => actions.openWindow(`/agents/${agentId}`) },
  paused === null
    ? { label: t('desktop.tray.pause'), click: () => actions.pause(agentId) }
    : { label: t('desktop.tray.resume'), click: () => actions.openWindow(`/agents/${agentId}`) },
  { label: t('desktop.tray.retire'), click: () => actions.retire(agentId) },
  { label: t('desktop.tray.release'), click: () => actions.release(agentId) },
];

const approvalText = ({ id, instrument, impact, entry }: ApprovalView, { t }: Words): string =>
  t(entry === null ? 'desktop.tray.waitingAgent' : 'desktop.tray.waitingEntry', {
    id,
    instrument,
    amount: moneyText(impact.exposure, impact.asset),
    worst: `${MINUS}${moneyText(impact.worstTrade.replace('-', ''), impact.asset)}`,
  });

/** Lowering is done at once. What is freer needs a second proof, which only a window or a terminal can ask for. */
const modeMenu = ({ chosen, raises }: ModeView, actions: TrayActions, { t }: Words): MenuItemConstructorOptions[] =>
  (['full', 'semi', 'manual'] as const).map((mode) => {
    const raise = raises.includes(mode);
    const name = t(`approvals.mode.name.${mode}`);
    return {
      id: `mode-${mode}`,
      label: raise ? t('desktop.tray.modeInWindow', { mode: name }) : name,
      type: 'radio' as const,
      checked: mode === chosen,
      click: () => (raise ? actions.openWindow('/approvals') : actions.lowerMode(mode)),
    };
  });

const hotkeyText = ({ accelerator, problem }: KillHotkey, { t, said }: Words): string =>
  problem === null ? t('desktop.tray.hotkey', { keys: accelerator }) : sentence(said(problem));

/** The tray's menu as data. Everything the tray can do is also in the window and the terminal. */
export function trayMenu(view: TrayView, actions: TrayActions, words: Words): MenuItemConstructorOptions[] {
  const { status, agents, approvals } = view;
  if (isSealed(status)) return lockedMenu(view, actions, words);
  const { t, named } = words;
  const halted = status.tradingState === 'halted';
  const running = agents.filter((agent) => agent.state === 'trading' || agent.state === 'waiting');
  return [
    {
      id: 'title',
      label: t('desktop.tray.title', {
        environment: environmentName(status.environment),
        mode: t(`approvals.mode.name.${status.mode}`).toLowerCase(),
      }),
      enabled: false,
    },
    {
      id: 'equity',
      label: t('desktop.tray.equity', {
        amount: moneyText(status.equity, status.quoteAsset),
        percent: percentText(status.dayPnlFraction, 2, { sign: 'always' }),
      }),
      enabled: false,
    },
    { type: 'separator' },
    {
      id: 'spawn',
      label: label(t(halted ? 'desktop.do.spawnHalted' : 'desktop.do.spawn')),
      enabled: !halted,
      click: actions.spawn,
    },
    ...(approvals.length === 0
      ? []
      : [
          {
            id: 'approvals',
            label: t('desktop.tray.waiting', { n: approvals.length }),
            // Deciding needs what the screen shows, so each of them opens it.
            submenu: approvals.map((approval) => ({
              label: approvalText(approval, words),
              click: () => actions.openWindow('/approvals'),
            })),
          },
        ]),
    {
      id: 'agents',
      label: t('desktop.tray.running', { n: running.length }),
      submenu:
        running.length === 0
          ? [{ label: t('desktop.tray.noneRunning'), enabled: false }]
          : running.map((agent) => ({
              label: t(agent.paused === null ? 'desktop.tray.agent' : 'desktop.tray.agentPaused', {
                id: agent.agentId,
                family: named('families', agent.family),
                instrument: agent.instrument,
              }),
              submenu: agentMenu(agent, actions, words),
            })),
    },
    { type: 'separator' },
    { id: 'halt', label: t('desktop.do.halt'), enabled: status.tradingState === 'active', click: actions.haltEntries },
    // Open also while halted: what is still held can be closed with it.
    { id: 'kill', label: label(t('desktop.do.kill')), click: actions.kill },
    ...(actions.hotkey === undefined
      ? []
      : [{ id: 'hotkey', label: hotkeyText(actions.hotkey, words), enabled: false }]),
    { type: 'separator' },
    ...(view.mode === null
      ? []
      : [{ id: 'mode', label: t('desktop.tray.mode'), submenu: modeMenu(view.mode, actions, words) }]),
    { id: 'open', label: t('desktop.do.openWindow'), click: () => actions.openWindow() },
    { id: 'alerts', label: t('desktop.do.alerts'), click: () => actions.openWindow('/alerts') },
    {
      id: 'lock',
      label: t(status.protection.protected ? 'desktop.do.lock' : 'desktop.do.lockFirst'),
      enabled: status.protection.protected,
      click: actions.lock,
    },
    { type: 'separator' },
    { id: 'quit', label: t('desktop.do.quit'), click: actions.quit },
  ];
}
