import { countText } from '#shared/format/names.ts';
import { payloadOf } from '../cycle/records.ts';
import { unixMs } from '../domain/ids.ts';
import type { JournalRecord } from '../journal/types.ts';
import { utcText } from '../kernel/utc-text.ts';
import { accessSentence } from './access-sentence.ts';
import { automationSummary } from './automation-words.ts';
import { portfolioSummary } from './portfolio-words.ts';

/** One plain sentence about a record, for the audit list. The payload beside it is the truth. */
export function auditSummary(record: JournalRecord): string {
  switch (record.type) {
    case 'account.opened': {
      const p = payloadOf(record, record.type);
      return `Simulated account opened with ${p.cash} ${p.asset} on market seed ${p.marketSeed}`;
    }
    case 'cycle.started': {
      const p = payloadOf(record, record.type);
      return `Cycle on ${p.symbol} ${p.interval} started by ${p.trigger}, seed ${p.seed}${p.chosen === undefined ? '' : `; ${p.chosen.family} chosen by the ${p.chosen.by}`}`;
    }
    case 'market.snapshot': {
      const p = payloadOf(record, record.type);
      return `Saw ${countText(p.candles, 'closed candle')}, ${countText(p.gaps, 'gap')}`;
    }
    case 'context.built':
      return `Derived ${countText(payloadOf(record, record.type).facts.length, 'fact')}`;
    case 'news.read': {
      const { reading } = payloadOf(record, record.type);
      return `Read ${countText(reading.items, 'news item')}: tone ${reading.sentiment.toFixed(2)}, risk ${reading.risk}`;
    }
    case 'analyst.asked': {
      const { receipt } = payloadOf(record, record.type);
      return `Asked ${receipt.model?.name ?? 'a model'} ${countText(receipt.samples.length, 'time')}`;
    }
    case 'text.kept':
      return `Text ${payloadOf(record, record.type).hash.slice(0, 12)} kept for the receipts that cite it`;
    case 'analyst.assessed': {
      const { assessment } = payloadOf(record, record.type);
      return `Judged ${assessment.regime} at ${assessment.confidence.toFixed(2)} by ${assessment.source} (model: ${assessment.model.kind})`;
    }
    case 'analyst.called': {
      const { calls, dueAt } = payloadOf(record, record.type);
      return `${countText(calls.length, 'analyst')} called direction and regime until ${utcText(dueAt)}`;
    }
    case 'analyst.resolved': {
      const { cycle, outcome } = payloadOf(record, record.type);
      return `Calls of cycle ${cycle} came due: ${outcome.direction}, ${outcome.regime}`;
    }
    case 'spawner.decided': {
      const p = payloadOf(record, record.type);
      return p.kind === 'spawn' ? `Decided to spawn: ${p.why}` : `Decided not to trade: ${p.why}`;
    }
    case 'agent.spawned': {
      const p = payloadOf(record, record.type);
      return `Agent ${p.agentId} spawned with ${p.spec.family}`;
    }
    case 'agent.decided': {
      const { intent } = payloadOf(record, record.type);
      return `${intent.kind.toUpperCase()}: ${intent.reason}`;
    }
    case 'agent.paused': {
      const p = payloadOf(record, record.type);
      return `Agent ${p.agentId} paused through the ${p.by}: ${p.reason}`;
    }
    case 'agent.resumed': {
      const p = payloadOf(record, record.type);
      return `Agent ${p.agentId} resumed through the ${p.by}: ${p.reason}`;
    }
    case 'risk.approved': {
      const p = payloadOf(record, record.type);
      return `Gate approved ${p.purpose} ${p.side} ${p.quantity} after ${countText(p.checks.length, 'check')}`;
    }
    case 'risk.denied': {
      const p = payloadOf(record, record.type);
      return `Gate denied ${p.purpose} at ${p.check}: ${p.reason}`;
    }
    case 'order.submitted': {
      const p = payloadOf(record, record.type);
      return `Order ${p.clientOrderId} submitted: ${p.purpose} ${p.side} ${p.quantity} ${p.type}${p.price === null ? '' : ` at ${p.price}`}`;
    }
    case 'order.accepted':
      return `Order ${payloadOf(record, record.type).clientOrderId} accepted by the venue`;
    case 'order.unresolved': {
      const p = payloadOf(record, record.type);
      return `Order ${p.clientOrderId}: nobody knows yet whether the venue has it (${p.reason})`;
    }
    case 'order.cancel_requested': {
      const p = payloadOf(record, record.type);
      return `Cancel of order ${p.clientOrderId} requested: ${p.reason}`;
    }
    case 'order.stop_tightened': {
      const p = payloadOf(record, record.type);
      return `Stop of ${p.clientOrderId} moved toward less risk: from ${p.from} to ${p.to}`;
    }
    case 'position.external': {
      const p = payloadOf(record, record.type);
      return `Closed on the account by an order that is not ours: ${p.side} ${p.quantity} at ${p.price}, fee ${p.fee} ${p.feeAsset}`;
    }
    case 'order.filled': {
      const p = payloadOf(record, record.type);
      return `Filled ${p.purpose} ${p.side} ${p.quantity} at ${p.price}, fee ${p.fee} ${p.feeAsset}`;
    }
    case 'order.canceled': {
      const p = payloadOf(record, record.type);
      return `Order ${p.clientOrderId} canceled: ${p.reason}`;
    }
    case 'order.rejected': {
      const p = payloadOf(record, record.type);
      return `Order ${p.clientOrderId} rejected by the venue: ${p.reason}`;
    }
    case 'ledger.posted': {
      const p = payloadOf(record, record.type);
      return `Booked ${countText(p.postings.length, 'posting')} for ${p.event}`;
    }
    case 'agent.retired': {
      const p = payloadOf(record, record.type);
      return `Agent ${p.agentId} retired after ${countText(p.barsLived, 'candle')}: ${p.why}`;
    }
    case 'memory.revoked': {
      const p = payloadOf(record, record.type);
      return `Lesson ${p.lessonId} struck out: ${p.reason}`;
    }
    case 'memory.lesson':
      return `Lesson kept: ${payloadOf(record, record.type).lesson.text}`;
    case 'cycle.completed': {
      const p = payloadOf(record, record.type);
      return `Cycle completed (${p.outcome}): net ${p.netPnl}, ${p.r} R, fees ${p.fees}`;
    }
    case 'cycle.failed':
      return `Cycle failed: ${payloadOf(record, record.type).error}`;
    case 'cycle.interrupted':
      return `Cycle interrupted: ${payloadOf(record, record.type).reason}`;
    case 'risk.marked': {
      const p = payloadOf(record, record.type);
      return `Equity ${p.equity}, highest ${p.peakEquity}, at the start of the day ${p.dayStartEquity}`;
    }
    case 'risk.breached': {
      const p = payloadOf(record, record.type);
      return `${p.kind === 'halt' ? 'Breaker: halt' : 'Breaker: close'}, ${p.reason}`;
    }
    case 'access.unlocked':
    case 'access.unlock_failed':
    case 'access.locked':
    case 'access.stepped_up':
    case 'access.step_up_failed':
    case 'access.connected':
    case 'access.disconnected':
    case 'access.factor_changed':
      return accessSentence(record.type, payloadOf(record, record.type));
    case 'risk.limits_changed': {
      const p = payloadOf(record, record.type);
      const what = p.changed.map((name) => `${name} ${p.policy[name]}`).join(', ');
      return `Limits changed: ${what} (${p.reason})`;
    }
    case 'prompt.edited': {
      const { id, version, text, reason } = payloadOf(record, record.type);
      return `Prompt part ${id} version ${version}, ${text === null ? 'as it ships' : 'edited'}: ${reason}`;
    }
    case 'preferences.changed':
      return `Preferences changed: ${payloadOf(record, record.type).changed.join(', ')}`;
    case 'alert.muted': {
      const { kinds } = payloadOf(record, record.type);
      return kinds.length === 0 ? 'No kind of alert is muted' : `Alerts muted: ${kinds.join(', ')}`;
    }
    case 'alert.price_set': {
      const { id, symbol, side, level, market, once } = payloadOf(record, record.type);
      return `Price alert ${id} set: ${symbol} ${side} ${level} (${market}${once ? ', once' : ''})`;
    }
    case 'alert.price_removed':
      return `Price alert ${payloadOf(record, record.type).id} removed`;
    case 'outbound.changed': {
      const { channel, setting } = payloadOf(record, record.type);
      return setting === null
        ? `Alerts no longer go out by ${channel}`
        : `Alerts go out by ${channel} from ${setting.least} on`;
    }
    case 'api_token.made': {
      const { name, scope, expiresAt } = payloadOf(record, record.type);
      return `Token ${name} made: may ${scope === 'view' ? 'look' : 'look and act'}, until ${expiresAt === null ? 'it is revoked' : utcText(unixMs(expiresAt))}`;
    }
    case 'api_token.revoked':
      return `Token ${payloadOf(record, record.type).name} revoked`;
    case 'alert.price_fired': {
      const { id, price } = payloadOf(record, record.type);
      return `Price alert ${id} reached at ${price}`;
    }
    case 'alert.price_armed':
      return `Price alert ${payloadOf(record, record.type).id} may be reached again`;
    case 'kill.proof': {
      const { venues, verb } = payloadOf(record, record.type);
      const orders = venues.flatMap((venue) => venue.orders);
      const gone = orders.filter(({ confirmedAt }) => confirmedAt !== null).length;
      const open = venues.filter(({ verifiedEmptyAt }) => verifiedEmptyAt === null).length;
      const what = verb === 'flatten' ? 'Stop and flatten' : 'Stop managing';
      return `${what}: ${gone} of ${countText(orders.length, 'order')} proven gone, ${open === 0 ? 'every venue verified' : `${countText(open, 'venue')} not verified`}`;
    }
    case 'journal.restored': {
      const p = payloadOf(record, record.type);
      const lost = p.knownRecords - p.records;
      return `Restored from a backup of ${countText(p.records, 'record')}${lost === 0 ? '' : `; ${countText(lost, 'newer one')} not in it`}`;
    }
    case 'venue_account.added': {
      const { config } = payloadOf(record, record.type);
      return `Account ${config.name} at ${config.exchange} (${config.environment}) added for ${config.instruments.join(', ')}`;
    }
    case 'venue_account.removed':
      return `Account ${payloadOf(record, record.type).name} removed; its records stay`;
    case 'venue_account.opened': {
      const p = payloadOf(record, record.type);
      return `Account ${p.name} opened with ${p.cash} ${p.asset}`;
    }
    case 'paper_account.opened': {
      const p = payloadOf(record, record.type);
      const prices = p.standIn ? `a stand-in for ${p.venue}` : p.venue;
      return `Account for ${p.environment} on the prices of ${prices} opened with ${p.cash} ${p.asset}`;
    }
    case 'cycle.offline': {
      const p = payloadOf(record, record.type);
      return `Offline window ${utcText(p.from)} to ${utcText(p.to)}: ${countText(p.candles, 'missed candle')} played to what rested`;
    }
    case 'shadow.quoted': {
      const p = payloadOf(record, record.type);
      const given = p.price ?? `nothing to compare with (${p.why ?? 'no price'})`;
      return `The book would have given ${given} for ${p.purpose} ${p.side} ${p.quantity}; nothing was sent`;
    }
    case 'shadow.compared': {
      const p = payloadOf(record, record.type);
      return `Simulated at ${p.simulated}, the book gave ${p.quoted}: ${p.slippageBps} basis points`;
    }
    case 'account.reset':
    case 'profit.policy_set':
    case 'profit.locked':
    case 'profit.released':
    case 'portfolio.targets_set':
    case 'portfolio.rebalance_planned':
      return portfolioSummary(record);
    case 'strategy.switched': {
      const p = payloadOf(record, record.type);
      return `Strategy switched from ${p.from.family} to ${p.to.family}: ${p.why}`;
    }
    case 'mode.changed':
    case 'schedule.set':
    case 'schedule.pressed':
    case 'schedule.skipped':
    case 'approval.requested':
    case 'approval.edited':
    case 'approval.approved':
    case 'approval.rejected':
    case 'approval.expired':
      return automationSummary(record);
    case 'trading_state.changed': {
      const p = payloadOf(record, record.type);
      return `Trading state is now ${p.state}: ${p.reason}`;
    }
  }
}
