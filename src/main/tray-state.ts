import { type EngineStatus, isSealed, type SealedStatus } from '#shared/contract/engine.ts';

/** What the tray's icon says by its shape; see scripts/tray-icons.mjs. What matters more comes first. */
export const TRAY_STATES = ['halted', 'approval', 'offline', 'live', 'running', 'idle'] as const;
export type TrayState = (typeof TRAY_STATES)[number];

/** Environments in which an agent's orders are real orders. */
const LIVE = ['live', 'sandbox'];

/** Octagon, triangle, dashed ring, diamond, ring with a dot, or ring. */
export function trayState(status: EngineStatus | SealedStatus, approvals: number): TrayState {
  if (status.tradingState === 'halted') return 'halted';
  if (isSealed(status)) return 'offline';
  if (approvals > 0) return 'approval';
  if (!status.journal.writable || (status.livePrices !== null && status.livePrices.trouble !== null)) return 'offline';
  if (status.agentsRunning === 0) return 'idle';
  return LIVE.includes(status.environment) ? 'live' : 'running';
}

/** macOS colours a template image itself; elsewhere the icon brings its own. */
export const trayIcon = (state: TrayState, platform: NodeJS.Platform): string =>
  platform === 'darwin' ? `tray-${state}Template.png` : `tray-${state}.png`;
