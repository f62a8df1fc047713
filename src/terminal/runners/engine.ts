import { runHelp, runVersion } from '../commands/about.ts';
import { runAccessLog, runAccessStatus, runBackupCodes, runTotpDisable, runTotpEnroll } from '../commands/access.ts';
import {
  runAlertKinds,
  runAlertMute,
  runAlertPrice,
  runAlertPrices,
  runAlertRemove,
  runAlerts,
  runAlertsRead,
} from '../commands/alerts.ts';
import { runApiDescribe } from '../commands/api.ts';
import { runTokenList, runTokenNew, runTokenRevoke } from '../commands/api-tokens.ts';
import { runAuditExport, runAuditStatus, runAuditVerify } from '../commands/audit.ts';
import { runBackupList, runBackupNow, runBackupRestore, runBackupVerify } from '../commands/backup.ts';
import { runConfigGet, runConfigSet } from '../commands/config.ts';
import { runHealth, runLogs } from '../commands/health.ts';
import { runPortfolioShow } from '../commands/holdings.ts';
import { runKeysAdd, runKeysList, runKeysRemove } from '../commands/keys.ts';
import {
  runOutboundEmail,
  runOutboundLog,
  runOutboundRemove,
  runOutboundShow,
  runOutboundTelegram,
  runOutboundTest,
  runOutboundWebhook,
} from '../commands/outbound.ts';
import { runSetup } from '../commands/setup.ts';
import { runStatus } from '../commands/status.ts';
import { runUp } from '../commands/up.ts';
import {
  runVaultChange,
  runVaultLock,
  runVaultRecovery,
  runVaultRotate,
  runVaultSet,
  runVaultStatus,
  runVaultUnattended,
  runVaultUnlock,
} from '../commands/vault.ts';
import type { Runners } from './types.ts';

/** Commands about the engine itself: its state, its vault, its records, and who may use it. */
export const engineRunners = {
  'portfolio.show': runPortfolioShow,
  status: runStatus,
  health: runHealth,
  setup: runSetup,
  logs: runLogs,
  'audit.verify': runAuditVerify,
  'backup.now': runBackupNow,
  'backup.ls': runBackupList,
  'backup.verify': runBackupVerify,
  'backup.restore': runBackupRestore,
  'audit.export': runAuditExport,
  'audit.status': runAuditStatus,
  'vault.status': runVaultStatus,
  'vault.set-passphrase': runVaultSet,
  'vault.unlock': runVaultUnlock,
  'vault.lock': runVaultLock,
  'vault.change-passphrase': runVaultChange,
  'vault.rotate': runVaultRotate,
  'vault.recovery': runVaultRecovery,
  'vault.unattended': runVaultUnattended,
  'keys.ls': runKeysList,
  'keys.add': runKeysAdd,
  'keys.remove': runKeysRemove,
  up: runUp,
  'access.status': runAccessStatus,
  'access.log': runAccessLog,
  'access.totp.enroll': runTotpEnroll,
  'access.totp.disable': runTotpDisable,
  'access.backup-codes': runBackupCodes,
  'config.get': runConfigGet,
  'config.set': runConfigSet,
  alerts: runAlerts,
  'outbound.show': runOutboundShow,
  'outbound.webhook': runOutboundWebhook,
  'outbound.telegram': runOutboundTelegram,
  'outbound.email': runOutboundEmail,
  'outbound.test': runOutboundTest,
  'outbound.remove': runOutboundRemove,
  'outbound.log': runOutboundLog,
  'alerts.read': runAlertsRead,
  'alerts.kinds': runAlertKinds,
  'alerts.mute': runAlertMute,
  'alert.price': runAlertPrice,
  'alert.prices': runAlertPrices,
  'alert.remove': runAlertRemove,
  'api.describe': runApiDescribe,
  'api.token.new': runTokenNew,
  'api.token.ls': runTokenList,
  'api.token.revoke': runTokenRevoke,
  version: runVersion,
  help: runHelp,
} as const satisfies Partial<Runners>;
