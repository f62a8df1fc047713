import { type CycleView, type OrderView, STAGE_NAMES, type StageView } from '#shared/contract/cycle.ts';
import { moneyText } from '#shared/format/figures.ts';
import { countText, regimeName } from '#shared/format/names.ts';
import type { Fact } from '../context/types.ts';
import type { PriceDecimalsOf } from '../cycle/price-decimals.ts';
import { type Payloads, payloadOf } from '../cycle/records.ts';
import { add, formatDecimal, parseDecimal } from '../domain/decimal.ts';
import type { OrderSubmittedPayload } from '../execution/types.ts';
import type { JournalRecord } from '../journal/types.ts';
import { assessmentView, lessonView, specView } from './cycle-parts.ts';
import { marketSourceText } from './market-source-text.ts';
import { comparedIn, emptyShadow, quotedIn } from './shadow-view.ts';

/** A cycle as its records tell it. The facts stay beside the view: records cite them by id. */
export type CycleProjection = { readonly view: CycleView; readonly facts: readonly Fact[] };

const stage = (
  view: CycleView,
  name: StageView['name'],
  state: StageView['state'],
  detail: string,
): readonly StageView[] => view.stages.map((old) => (old.name === name ? { ...old, state, detail } : old));

const order = (view: CycleView, id: string, change: Partial<OrderView>): OrderView[] =>
  view.orders.map((old) => (old.clientOrderId === id ? { ...old, ...change } : old));

const newOrder = (p: OrderSubmittedPayload, { instrument, priceDecimals }: CycleView, ts: number): OrderView =>
  // The contract names the closed sets; a payload that left them would be refused on its way out.
  ({
    clientOrderId: p.clientOrderId,
    agentId: p.agentId,
    instrument,
    side: p.side,
    type: p.type,
    purpose: p.purpose,
    quantity: p.quantity,
    ...(p.price === null ? {} : { price: p.price }),
    priceDecimals,
    status: 'submitted',
    filledQuantity: '0',
    createdAt: ts,
  });

function started(record: JournalRecord, decimalsOf: PriceDecimalsOf): CycleView {
  const p = payloadOf(record, 'cycle.started');
  return {
    cycle: record.cycle,
    runId: record.runId,
    state: 'running',
    environment: p.environment,
    marketSource: marketSourceText(p.market),
    instrument: p.symbol,
    interval: p.interval,
    priceDecimals: decimalsOf(p),
    trigger: p.trigger,
    ...(p.chosen === undefined ? {} : { chosen: { by: p.chosen.by, parent: p.chosen.parent?.agentId ?? null } }),
    seed: p.seed,
    startedAt: record.ts,
    at: p.at,
    startedWith: { equity: p.startingEquity, asset: p.quoteAsset },
    stages: STAGE_NAMES.map((name) => ({
      name,
      state: name === 'preflight' ? 'done' : 'waiting',
      detail: name === 'preflight' ? `account ${moneyText(p.startingEquity, p.quoteAsset)}` : '',
    })),
    assessment: null,
    agentId: null,
    agentSpec: null,
    orders: [],
    fills: [],
    decisions: [],
    result: null,
    fees: '0',
    offline: null,
    shadow: p.environment === 'shadow' ? emptyShadow : null,
    lesson: null,
    journalHead: null,
    error: null,
    timings: null,
  };
}

const EVIDENCE_SHOWN = 3;

const withheldText = (memory: Payloads['spawner.decided']['memory']): string =>
  memory === undefined || memory.withheld.length === 0
    ? ''
    : `, ${memory.withheld.length} withheld by chance to measure its worth`;

function apply(view: CycleView, facts: readonly Fact[], record: JournalRecord): CycleView {
  switch (record.type) {
    case 'market.snapshot': {
      const p = payloadOf(record, 'market.snapshot');
      const gaps = p.gaps === 0 ? 'no gaps' : countText(p.gaps, 'gap');
      return {
        ...view,
        stages: [
          ...stage(
            view,
            'market',
            'done',
            `${p.candles} candles, ${gaps}, newest ${Math.round(p.dataAgeMs / 1000)} s old`,
          ),
        ],
      };
    }
    case 'context.built':
      return {
        ...view,
        stages: [...stage(view, 'context', 'done', countText(payloadOf(record, 'context.built').facts.length, 'fact'))],
      };
    case 'analyst.assessed': {
      const assessment = assessmentView(payloadOf(record, 'analyst.assessed').assessment, facts);
      const why = assessment.reasons.slice(0, EVIDENCE_SHOWN).join('; ');
      return {
        ...view,
        assessment,
        stages: [
          ...stage(
            view,
            'analyst',
            'done',
            `${assessment.source}: ${regimeName(assessment.regime).toLowerCase()} ${assessment.confidence.toFixed(2)} (${why})`.slice(
              0,
              400,
            ),
          ),
        ],
      };
    }
    case 'spawner.decided': {
      const p = payloadOf(record, 'spawner.decided');
      const memory = {
        ...view,
        stages: [
          ...stage(
            view,
            'memory',
            'done',
            p.recalled === 0
              ? 'no lesson matches yet'
              : `${countText(p.recalled, 'lesson')} recalled, ${p.lessons.length} weighed${withheldText(p.memory)}`,
          ),
        ],
      };
      const stages = stage(memory, 'spawner', 'done', p.why);
      return {
        ...memory,
        stages:
          p.kind === 'spawn'
            ? [...stages]
            : [...stage({ ...memory, stages: [...stages] }, 'agent', 'skipped', 'no agent was spawned')],
      };
    }
    case 'agent.spawned': {
      const { agentId, spec, why } = payloadOf(record, 'agent.spawned');
      return {
        ...view,
        agentId,
        agentSpec: specView(spec, why),
        stages: [...stage(view, 'agent', 'running', `${agentId} ${spec.family}`)],
      };
    }
    case 'agent.decided': {
      const { agentId, intent } = payloadOf(record, 'agent.decided');
      return {
        ...view,
        decisions: [...view.decisions, { agentId, ts: record.ts, kind: intent.kind, reason: intent.reason }],
      };
    }
    case 'risk.approved':
    case 'risk.denied': {
      const verdict = record.type === 'risk.approved' ? 'approved' : 'denied';
      const reason =
        record.type === 'risk.approved'
          ? `${payloadOf(record, 'risk.approved').checks.length} checks passed`
          : payloadOf(record, 'risk.denied').reason;
      const { purpose } =
        record.type === 'risk.approved' ? payloadOf(record, 'risk.approved') : payloadOf(record, 'risk.denied');
      // The stop that the master moved is no decision of the agent.
      if (purpose === 'stop') return view;
      const last = view.decisions.at(-1);
      // A position that the master or a recovery closes passes the gate too, but no decision of the agent asked for it.
      if (last === undefined || last.kind !== (purpose === 'entry' ? 'enter' : 'exit')) return view;
      return { ...view, decisions: [...view.decisions.slice(0, -1), { ...last, verdict, verdictReason: reason }] };
    }
    case 'order.submitted':
      return {
        ...view,
        orders: [...view.orders, newOrder(payloadOf(record, 'order.submitted'), view, record.ts)],
      };
    case 'order.accepted':
      return {
        ...view,
        orders: order(view, payloadOf(record, 'order.accepted').clientOrderId, { status: 'accepted' }),
      };
    // A cycle trades at the simulated venue, which always knows and forgets nothing.
    case 'order.unresolved':
    case 'order.cancel_requested':
    case 'order.stop_tightened':
    case 'position.external':
      return view;
    case 'order.canceled':
    case 'order.rejected': {
      const p =
        record.type === 'order.canceled' ? payloadOf(record, 'order.canceled') : payloadOf(record, 'order.rejected');
      return {
        ...view,
        orders: order(view, p.clientOrderId, {
          status: record.type === 'order.canceled' ? 'canceled' : 'rejected',
          reason: p.reason,
        }),
      };
    }
    case 'order.filled': {
      const p = payloadOf(record, 'order.filled');
      const fill: CycleView['fills'][number] = {
        tradeId: p.tradeId,
        clientOrderId: p.clientOrderId,
        agentId: p.agentId,
        instrument: view.instrument,
        side: p.side,
        purpose: p.purpose,
        price: p.price,
        priceDecimals: view.priceDecimals,
        quantity: p.quantity,
        fee: p.fee,
        feeAsset: p.feeAsset,
        ts: record.ts,
      };
      return {
        ...view,
        fills: [...view.fills, fill],
        fees: formatDecimal(add(parseDecimal(view.fees), parseDecimal(p.fee))),
        orders: order(view, p.clientOrderId, {
          status: p.status,
          filledQuantity: p.filledQuantity,
        }),
      };
    }
    case 'agent.retired': {
      const p = payloadOf(record, 'agent.retired');
      return {
        ...view,
        stages: [...stage(view, 'agent', 'done', `retired after ${countText(p.barsLived, 'candle')}: ${p.why}`)],
      };
    }
    case 'memory.lesson':
      return { ...view, lesson: lessonView(payloadOf(record, 'memory.lesson').lesson, view.environment) };
    case 'cycle.completed': {
      const p = payloadOf(record, 'cycle.completed');
      const quoteAsset = view.instrument.split('/')[1] ?? '';
      return {
        ...view,
        state: p.outcome === 'interrupted' ? 'interrupted' : 'completed',
        result: {
          outcome: p.outcome,
          reason: p.reason,
          netPnl: p.netPnl,
          r: p.r,
          quoteAsset,
          barsLived: p.barsLived,
          reconciliation: { ...p.reconciliation },
        },
        stages: [...stage(view, 'debrief', 'done', p.reason)],
      };
    }
    case 'cycle.failed':
      return { ...view, state: 'failed', error: payloadOf(record, 'cycle.failed').error };
    case 'cycle.interrupted':
      return { ...view, state: 'interrupted', error: payloadOf(record, 'cycle.interrupted').reason };
    case 'cycle.offline': {
      const p = payloadOf(record, 'cycle.offline');
      const before = view.offline;
      return {
        ...view,
        offline: { ...p, from: before?.from ?? p.from, candles: p.candles + (before?.candles ?? 0) },
      };
    }
    case 'shadow.quoted':
      return { ...view, shadow: quotedIn(view.shadow, payloadOf(record, 'shadow.quoted')) };
    case 'shadow.compared':
      return { ...view, shadow: comparedIn(view.shadow, payloadOf(record, 'shadow.compared')) };
    case 'agent.paused':
    case 'agent.resumed':
    case 'account.opened':
    case 'account.reset':
    case 'paper_account.opened':
    case 'cycle.started':
    case 'ledger.posted':
    case 'venue_account.added':
    case 'venue_account.removed':
    case 'venue_account.opened':
    case 'trading_state.changed':
    case 'journal.restored':
    case 'kill.proof':
    case 'risk.marked':
    case 'risk.breached':
    case 'memory.revoked':
    case 'profit.policy_set':
    case 'profit.locked':
    case 'profit.released':
    case 'portfolio.targets_set':
    case 'portfolio.rebalance_planned':
    case 'strategy.switched':
    case 'preferences.changed':
    case 'prompt.edited':
    case 'alert.muted':
    case 'alert.price_set':
    case 'alert.price_removed':
    case 'alert.price_fired':
    case 'alert.price_armed':
    case 'outbound.changed':
    case 'api_token.made':
    case 'api_token.revoked':
    case 'access.unlocked':
    case 'access.unlock_failed':
    case 'access.locked':
    case 'access.stepped_up':
    case 'access.step_up_failed':
    case 'access.connected':
    case 'access.disconnected':
    case 'access.factor_changed':
    case 'risk.limits_changed':
    case 'news.read':
    case 'analyst.asked':
    case 'analyst.called':
    case 'analyst.resolved':
    case 'text.kept':
    case 'mode.changed':
    case 'schedule.set':
    case 'schedule.pressed':
    case 'schedule.skipped':
    case 'approval.requested':
    case 'approval.edited':
    case 'approval.approved':
    case 'approval.rejected':
    case 'approval.expired':
      return view;
  }
}

/** Adds one record of a cycle. Starts at `undefined`; records before `cycle.started` and of other cycles must not be given. */
export function projectRecord(
  before: CycleProjection | undefined,
  record: JournalRecord,
  decimalsOf: PriceDecimalsOf,
): CycleProjection {
  if (record.type === 'cycle.started')
    return { view: { ...started(record, decimalsOf), journalHead: record.runHash }, facts: [] };
  if (before === undefined) throw new TypeError(`cycle ${record.cycle} begins with ${record.type}`);
  const facts = record.type === 'context.built' ? payloadOf(record, 'context.built').facts : before.facts;
  return { view: { ...apply(before.view, facts, record), journalHead: record.runHash }, facts };
}

/** The view of a whole cycle, from its records in order; undefined when there are none. */
export function projectCycle(
  records: readonly JournalRecord[],
  decimalsOf: PriceDecimalsOf,
): CycleProjection | undefined {
  return records.reduce<CycleProjection | undefined>(
    (before, record) => projectRecord(before, record, decimalsOf),
    undefined,
  );
}
