import type { AppContract } from './app-contract.ts';
import { allows, type CallName, type Scope } from './define.ts';
import { FACE_SCOPE, FACES, type Face } from './faces.ts';

/** `open`: unlocked, or without a passphrase. `locked`: the engine runs, the faces learn nothing. `sealed`: there is no engine. `changing`: it comes back. */
export const ENGINE_STATES = ['open', 'locked', 'sealed', 'changing'] as const;
export type EngineState = (typeof ENGINE_STATES)[number];

/**
 * When a call needs a proof of who asks that is not older than a minute. `when it raises`: the engine asks as soon as it sees that the call
 * would raise risk, autonomy or rights. `once there is a passphrase`: before that it is free, or refused for another reason. `with the second factor`: the call brings the passphrase itself, and needs more only where a second
 * factor is enrolled.
 */
export const STEP_UP_RULES = [
  'never',
  'always',
  'when it raises',
  'once there is a passphrase',
  'with the second factor',
] as const;
export type StepUpRule = (typeof STEP_UP_RULES)[number];

export type Permission = {
  readonly scope: Scope;
  readonly while: readonly EngineState[];
  readonly stepUp: StepUpRule;
  readonly who: readonly Face[];
  /** What is done, as the question for the proof names it. */
  readonly act: string;
};

const row = (scope: Scope, more: Partial<Omit<Permission, 'scope' | 'who'>> = {}): Permission => ({
  scope,
  while: ['open'],
  stepUp: 'never',
  act: 'do this',
  who: FACES.filter((face) => allows(FACE_SCOPE[face], scope)),
  ...more,
});
const proven = (scope: Scope, act: string, stepUp: StepUpRule = 'always'): Permission => row(scope, { stepUp, act });

const LOOK = row('view');
const ACT = row('trade');
const ADMIN = row('admin');
const ACT_RAISES = row('trade', { stepUp: 'when it raises' });
const LOOK_ANYTIME = row('view', { while: ENGINE_STATES });
const ACT_ANYTIME = row('trade', { while: ENGINE_STATES });
const UNLOCK = row('admin', { while: ['open', 'locked', 'sealed'] });
const CREDENTIAL = row('admin', { stepUp: 'with the second factor', act: 'change the vault' });

/**
 * Who may call what, when, and with which proof: the one place that says so. The engine's gate obeys it for every call; a call without a row
 * does not compile. docs/permissions.md is printed from it.
 */
export const PERMISSIONS: Readonly<Record<CallName<AppContract>, Permission>> = {
  'engine.status': LOOK_ANYTIME,
  'engine.kill': ACT_ANYTIME,
  'engine.kill_preview': LOOK,
  'engine.resume': proven('trade', 'resume trading', 'once there is a passphrase'),
  'terminal.open': ADMIN,
  'terminal.read': ADMIN,
  'terminal.write': ADMIN,
  'terminal.resize': ADMIN,
  'terminal.close': ADMIN,
  'risk.limits': LOOK,
  'risk.set_limits': ACT_RAISES,
  'memory.list': LOOK,
  'memory.show': LOOK,
  'memory.posteriors': LOOK,
  'memory.summary': LOOK,
  'memory.revoke': ACT,
  'cycle.start': ACT,
  'cycle.wait': LOOK,
  'cycle.get': LOOK,
  'cycle.list': LOOK,
  'cycle.cancel': ACT,
  'cycle.preflight': LOOK,
  'cycle.analyse': LOOK,
  'market.chart': LOOK,
  'market.depth': LOOK,
  'market.indicators': LOOK,
  'market.instruments': LOOK,
  'market.quotes': LOOK,
  'market.reading': LOOK,
  'market.import': ACT,
  'agents.list': LOOK,
  'agents.why': LOOK,
  'agents.draft': LOOK,
  'agents.prompt': LOOK,
  'agents.log': LOOK,
  'agents.retire': ACT,
  'agents.release': ACT,
  'portfolio.get': LOOK,
  'portfolio.profit': LOOK,
  'portfolio.set_profit_lock': ACT,
  'portfolio.release_profit': proven('admin', 'release locked profit', 'once there is a passphrase'),
  'portfolio.log': LOOK,
  'portfolio.targets': LOOK,
  'portfolio.set_targets': ACT,
  'portfolio.rebalance': ACT,
  'receipts.facts': LOOK,
  'receipts.get': LOOK,
  'receipts.replay': LOOK,
  'receipts.why': LOOK,
  'orders.place': ACT,
  'orders.cancel': ACT,
  'orders.close': ACT,
  'orders.tighten': ACT,
  'orders.list': LOOK,
  'accounts.list': LOOK,
  'accounts.add': proven('admin', 'connect an exchange account', 'once there is a passphrase'),
  'accounts.remove': ACT,
  'accounts.reset': proven('admin', 'begin the simulated account anew'),
  'audit.list': LOOK,
  'audit.status': LOOK,
  'audit.verify': LOOK,
  'audit.export': proven('trade', 'export the audit records'),
  'backup.list': LOOK,
  'backup.make': ACT,
  'backup.verify': LOOK,
  'lab.families': LOOK,
  'lab.backtest': ACT,
  'lab.search': ACT,
  'lab.walkForward': ACT,
  'lab.resume': ACT,
  'lab.cancel': ACT,
  'lab.wait': LOOK,
  'lab.list': LOOK,
  'lab.show': LOOK,
  'lab.curve': LOOK,
  'lab.chart': LOOK,
  'lab.compare': LOOK,
  'lab.export': ACT,
  'lab.openHoldout': ACT,
  'lab.evolve': ACT,
  'lab.lineage': LOOK,
  'lab.review': ACT,
  'lab.arbitrage': ACT,
  'lab.measureFamilies': ACT,
  'lab.measurements': LOOK,
  'lab.measurement': LOOK,
  'lab.stopMeasurement': ACT,
  'lab.report': LOOK,
  'strategies.list': LOOK,
  'strategies.switches': LOOK,
  'data.list': LOOK,
  'data.check': LOOK,
  'data.export': ACT,
  'data.fetch': ACT,
  'models.list': LOOK,
  'models.import': ACT,
  'models.download': ACT,
  'models.pause': ACT,
  'models.cancel': ACT,
  'models.remove': ACT,
  'models.use': ACT,
  'models.remote': proven('admin', 'ask a remote model', 'once there is a passphrase'),
  'models.load': ACT,
  'models.unload': ACT,
  'models.bench': ACT,
  'models.canary': ACT,
  'models.trainSentiment': ACT,
  'news.sources': LOOK,
  'news.add': ACT,
  'news.remove': ACT,
  'news.fetch': ACT,
  'news.import': ACT,
  'news.show': LOOK,
  'scorecard.show': LOOK,
  'scorecard.measure': ACT,
  'venue.list': LOOK,
  'venue.check': ACT,
  'vault.status': LOOK_ANYTIME,
  'vault.unlock': UNLOCK,
  'vault.lock': ACT_ANYTIME,
  'vault.set_passphrase': CREDENTIAL,
  'vault.change_passphrase': CREDENTIAL,
  'vault.rotate': CREDENTIAL,
  'vault.new_recovery': CREDENTIAL,
  'vault.unattended': CREDENTIAL,
  'keys.list': LOOK,
  'keys.put': proven('admin', 'store an exchange key', 'once there is a passphrase'),
  'keys.remove': proven('admin', 'forget an exchange key', 'once there is a passphrase'),
  'access.status': LOOK,
  'access.step_up': ADMIN,
  'access.log': LOOK,
  'setup.get': LOOK,
  'health.get': LOOK,
  'health.log': LOOK,
  'preferences.get': LOOK,
  'preferences.set': ACT_RAISES,
  'portfolio.export': LOOK,
  'performance.get': LOOK,
  'performance.targets': LOOK,
  'prompts.list': LOOK,
  'prompts.show': LOOK,
  'prompts.edit': ADMIN,
  'prompts.restore': ADMIN,
  'orders.preview': LOOK,
  'alerts.list': LOOK,
  'outbound.show': LOOK,
  'outbound.set': proven('admin', 'send alerts out of this machine'),
  'outbound.remove': ADMIN,
  'outbound.test': ADMIN,
  'outbound.log': LOOK,
  'tokens.list': ADMIN,
  'tokens.make': proven('admin', 'make a token for a program', 'once there is a passphrase'),
  'tokens.revoke': ADMIN,
  'alerts.read': ACT,
  'alerts.kinds': LOOK,
  'alerts.mute': ACT,
  'alerts.price_list': LOOK,
  'alerts.price_set': ACT,
  'alerts.price_remove': ACT,
  'engine.halt': ACT,
  'engine.flatten': ACT,
  'mode.get': LOOK,
  'mode.set': ACT_RAISES,
  'schedule.get': LOOK,
  'schedule.set': ACT_RAISES,
  'approvals.list': LOOK,
  'approvals.get': LOOK,
  'approvals.approve': ADMIN,
  'approvals.reject': ACT,
  'approvals.edit': ADMIN,
  'access.totp_enroll': proven('admin', 'enrol an authenticator', 'once there is a passphrase'),
  'access.totp_disable': proven('admin', 'disable the authenticator'),
  'access.backup_codes': proven('admin', 'make new backup codes'),
};
