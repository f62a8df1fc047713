import type { MenuItemConstructorOptions } from 'electron';
import type { AgentView } from '#shared/contract/agents.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import { formatMoney, formatSignedPercent } from '#shared/format/money.ts';

export type TrayActions = {
  readonly spawn: () => void;
  readonly openWindow: (route?: string) => void;
  readonly kill: () => void;
  readonly quit: () => void;
};

const ENVIRONMENT_WORD = { backtest: 'BACKTEST', simulated: 'SIMULATED', paper: 'PAPER', shadow: 'SHADOW', live: 'LIVE' } as const;
const MODE_WORD = { full: 'full autonomy', semi: 'semi-auto', manual: 'manual', emergency: 'emergency' } as const;

export const trayTooltip = (status: EngineStatus): string =>
  [
    ENVIRONMENT_WORD[status.environment],
    status.tradingState === 'halted' ? 'HALTED' : `${status.agentsRunning} ${status.agentsRunning === 1 ? 'agent' : 'agents'}`,
    `day ${formatSignedPercent(status.dayPnlFraction)}`,
  ].join(' · ');

/** The tray's menu as data. Everything the tray can do is also in the window and the terminal. */
export function trayMenu(status: EngineStatus, agents: readonly AgentView[], actions: TrayActions): MenuItemConstructorOptions[] {
  const halted = status.tradingState === 'halted';
  const running = agents.filter((agent) => agent.state === 'trading' || agent.state === 'waiting');
  return [
    { id: 'title', label: `Master Trader: ${ENVIRONMENT_WORD[status.environment]}, ${MODE_WORD[status.mode]}`, enabled: false },
    {
      id: 'equity',
      label: `Equity ${formatMoney(status.equity, status.quoteAsset)} (${formatSignedPercent(status.dayPnlFraction)} today)`,
      enabled: false,
    },
    { type: 'separator' },
    {
      id: 'spawn',
      label: halted ? 'Analyse && spawn agent (halted)' : 'Analyse && spawn agent',
      accelerator: 'CommandOrControl+Enter',
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
              click: () => actions.openWindow(`/agents/${agent.agentId}`),
            })),
    },
    { type: 'separator' },
    { id: 'open', label: 'Open window', click: () => actions.openWindow() },
    { id: 'kill', label: 'Emergency: flatten && halt', enabled: !halted, click: actions.kill },
    { type: 'separator' },
    { id: 'quit', label: 'Quit', click: actions.quit },
  ];
}
