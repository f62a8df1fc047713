import type { MenuItemConstructorOptions } from 'electron';
import type { AgentView } from '#shared/contract/agents.ts';
import type { ApprovalView, ChosenModeText, ModeView } from '#shared/contract/automation.ts';
import { type EngineStatus, isSealed, type SealedStatus } from '#shared/contract/engine.ts';
import { moneyText, percentText } from '#shared/format/figures.ts';
import { countText, environmentName, modeName } from '#shared/format/names.ts';
import type { KillHotkey } from './kill-hotkey.ts';

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

export const trayTooltip = ({ status, approvals }: Pick<TrayView, 'status' | 'approvals'>): string =>
  isSealed(status)
    ? `Master Trader is locked${status.tradingState === 'halted' ? ' · HALTED' : ''}`
    : [
        environmentName(status.environment),
        status.tradingState === 'halted' ? 'HALTED' : countText(status.agentsRunning, 'agent'),
        `day ${percentText(status.dayPnlFraction, 2, { sign: 'always' })}`,
        `total ${moneyText(status.totalPnl, status.quoteAsset, { sign: 'always' })}`,
        ...(approvals.length === 0 ? [] : [countText(approvals.length, 'approval')]),
      ].join(' · ');

const KILL = 'Emergency: flatten && halt…';

/** What can be done without the passphrase. */
const lockedMenu = (view: TrayView, actions: TrayActions): MenuItemConstructorOptions[] => [
  { id: 'title', label: trayTooltip(view), enabled: false },
  { type: 'separator' },
  { id: 'open', label: 'Unlock in the window', click: () => actions.openWindow() },
  { id: 'kill', label: KILL, click: actions.kill },
  { type: 'separator' },
  { id: 'quit', label: 'Quit…', click: actions.quit },
];

const agentMenu = ({ agentId, paused }: AgentView, actions: TrayActions): MenuItemConstructorOptions[] => [
  { label: 'Open', click: () => actions.openWindow(`/agents/${agentId}`) },
  paused === null
    ? { label: 'Pause: open nothing new', click: () => actions.pause(agentId) }
    : { label: 'Resume… (in the window)', click: () => actions.openWindow(`/agents/${agentId}`) },
  { label: 'Stop: close what it holds', click: () => actions.retire(agentId) },
  { label: 'Hands off: keep what it holds', click: () => actions.release(agentId) },
];

const approvalText = ({ id, instrument, impact, entry }: ApprovalView): string =>
  `${id} ${entry === null ? 'agent on' : 'buy'} ${instrument} ${moneyText(impact.exposure, impact.asset)}, worst −${moneyText(impact.worstTrade.replace('-', ''), impact.asset)}`;

/** Lowering is done at once. What is freer needs a second proof, which only a window or a terminal can ask for. */
const modeMenu = ({ chosen, raises }: ModeView, actions: TrayActions): MenuItemConstructorOptions[] =>
  (['full', 'semi', 'manual'] as const).map((mode) => {
    const raise = raises.includes(mode);
    return {
      id: `mode-${mode}`,
      label: `${modeName(mode)}${raise ? '… (in the window)' : ''}`,
      type: 'radio' as const,
      checked: mode === chosen,
      click: () => (raise ? actions.openWindow('/approvals') : actions.lowerMode(mode)),
    };
  });

/** The tray's menu as data. Everything the tray can do is also in the window and the terminal. */
export function trayMenu(view: TrayView, actions: TrayActions): MenuItemConstructorOptions[] {
  const { status, agents, approvals } = view;
  if (isSealed(status)) return lockedMenu(view, actions);
  const halted = status.tradingState === 'halted';
  const running = agents.filter((agent) => agent.state === 'trading' || agent.state === 'waiting');
  return [
    {
      id: 'title',
      label: `Master Trader: ${environmentName(status.environment)}, ${modeName(status.mode).toLowerCase()}`,
      enabled: false,
    },
    {
      id: 'equity',
      label: `Equity ${moneyText(status.equity, status.quoteAsset)} (${percentText(status.dayPnlFraction, 2, { sign: 'always' })} today)`,
      enabled: false,
    },
    { type: 'separator' },
    {
      id: 'spawn',
      label: halted ? 'Analyse && spawn agent (halted)' : 'Analyse && spawn agent',
      enabled: !halted,
      click: actions.spawn,
    },
    ...(approvals.length === 0
      ? []
      : [
          {
            id: 'approvals',
            label: `Approvals (${approvals.length})`,
            // Deciding needs what the screen shows, so each of them opens it.
            submenu: approvals.map((approval) => ({
              label: approvalText(approval),
              click: () => actions.openWindow('/approvals'),
            })),
          },
        ]),
    {
      id: 'agents',
      label: `Agents (${running.length})`,
      submenu:
        running.length === 0
          ? [{ label: 'No agent is running', enabled: false }]
          : running.map((agent) => ({
              label: `${agent.agentId} ${agent.family} ${agent.instrument}${agent.paused === null ? '' : ' (paused)'}`,
              submenu: agentMenu(agent, actions),
            })),
    },
    { type: 'separator' },
    { id: 'halt', label: 'Halt new entries', enabled: status.tradingState === 'active', click: actions.haltEntries },
    // Open also while halted: what is still held can be closed with it.
    { id: 'kill', label: KILL, click: actions.kill },
    ...(actions.hotkey === undefined
      ? []
      : [{ id: 'hotkey', label: actions.hotkey.problem ?? `Hotkey: ${actions.hotkey.accelerator}`, enabled: false }]),
    { type: 'separator' },
    ...(view.mode === null ? [] : [{ id: 'mode', label: 'Mode', submenu: modeMenu(view.mode, actions) }]),
    { id: 'open', label: 'Open window', click: () => actions.openWindow() },
    { id: 'alerts', label: 'Alerts', click: () => actions.openWindow('/alerts') },
    {
      id: 'lock',
      label: status.protection.protected ? 'Lock now' : 'Lock now (set a passphrase first)',
      enabled: status.protection.protected,
      click: actions.lock,
    },
    { type: 'separator' },
    { id: 'quit', label: 'Quit…', click: actions.quit },
  ];
}
