import type { MenuItemConstructorOptions } from 'electron';
import type { AgentView } from '#shared/contract/agents.ts';
import { type EngineStatus, isSealed, type SealedStatus } from '#shared/contract/engine.ts';
import { moneyText, percentText } from '#shared/format/figures.ts';
import { environmentName, modeName } from '#shared/format/names.ts';
import type { KillHotkey } from './kill-hotkey.ts';

export type TrayActions = {
  readonly spawn: () => void;
  readonly openWindow: () => void;
  readonly kill: () => void;
  /** Named in the menu: the combination, or why there is none. */
  readonly hotkey?: KillHotkey;
  readonly quit: () => void;
};

export const trayTooltip = (status: EngineStatus | SealedStatus): string =>
  isSealed(status)
    ? `Master Trader is locked${status.tradingState === 'halted' ? ' · HALTED' : ''}`
    : [
        environmentName(status.environment),
        status.tradingState === 'halted'
          ? 'HALTED'
          : `${status.agentsRunning} ${status.agentsRunning === 1 ? 'agent' : 'agents'}`,
        `day ${percentText(status.dayPnlFraction, 2, { sign: 'always' })}`,
        `total ${moneyText(status.totalPnl, status.quoteAsset, { sign: 'always' })}`,
      ].join(' · ');

/** What can be done without the passphrase. */
const lockedMenu = (status: SealedStatus, actions: TrayActions): MenuItemConstructorOptions[] => [
  { id: 'title', label: trayTooltip(status), enabled: false },
  { type: 'separator' },
  { id: 'open', label: 'Unlock in the window', click: () => actions.openWindow() },
  { id: 'kill', label: 'Emergency: flatten && halt', click: actions.kill },
  { type: 'separator' },
  { id: 'quit', label: 'Quit', click: actions.quit },
];

/** The tray's menu as data. Everything the tray can do is also in the window and the terminal. */
export function trayMenu(
  status: EngineStatus | SealedStatus,
  agents: readonly AgentView[],
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  if (isSealed(status)) return lockedMenu(status, actions);
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
    {
      id: 'agents',
      label: `Agents (${running.length})`,
      submenu:
        running.length === 0
          ? [{ label: 'No agent is running', enabled: false }]
          : running.map((agent) => ({
              label: `${agent.agentId} ${agent.family} ${agent.instrument}`,
              click: () => actions.openWindow(),
            })),
    },
    { type: 'separator' },
    { id: 'open', label: 'Open window', click: () => actions.openWindow() },
    // Open also while halted: what is still held can be closed with it.
    { id: 'kill', label: 'Emergency: flatten && halt', click: actions.kill },
    ...(actions.hotkey === undefined
      ? []
      : [{ id: 'hotkey', label: actions.hotkey.problem ?? `Hotkey: ${actions.hotkey.accelerator}`, enabled: false }]),
    { type: 'separator' },
    { id: 'quit', label: 'Quit', click: actions.quit },
  ];
}
