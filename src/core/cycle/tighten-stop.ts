import { formatDecimal, isZero } from '../domain/decimal.ts';
import type { AgentId, ClientOrderId, UnixMs } from '../domain/ids.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Price, Quantity } from '../domain/money.ts';
import type { Execution } from '../execution/execution.ts';
import { Fault } from '../kernel/fault.ts';
import { createGate } from '../risk/gate.ts';
import { tighteningChecks } from '../risk/standard-checks.ts';
import type { ProposedOrder, RiskView } from '../risk/types.ts';
import type { FactSink } from './cycle-journal.ts';
import { approvedPayload } from './reserving.ts';

/** Where a stop was and is, what it protects, and what was checked. */
export type TightenedStop = {
  readonly from: Price;
  readonly to: Price;
  readonly quantity: Quantity;
  readonly checks: readonly string[];
};

export type TightenPorts = {
  readonly agentId: AgentId;
  readonly instrument: Instrument;
  readonly execution: Pick<Execution, 'sellableQuantity' | 'protectionOf' | 'tightenStop'>;
  readonly journal: FactSink;
  readonly newId: () => ClientOrderId;
  /** What the gate judges by. */
  readonly view: (order: ProposedOrder) => RiskView;
};

const gate = createGate(tighteningChecks);

/**
 * Moves the stop of a position toward less risk: judged by the gate, recorded, then replaced where it rests. Throws Fault('refused') when the
 * gate denies it, which is recorded, or when nothing is held that a stop protects. A stop that was moved can not be moved back.
 */
export function tightenStop(ports: TightenPorts, stop: Price, ts: UnixMs): TightenedStop {
  const { agentId, instrument, execution, journal } = ports;
  const quantity = execution.sellableQuantity(agentId, instrument.id);
  const group = execution.protectionOf(agentId, instrument.id);
  if (isZero(quantity) || group === undefined)
    throw new Fault(
      'refused',
      `${agentId} holds nothing of ${instrument.symbol}`,
      'see what is held: mt agents, mt order ls',
    );
  const order: ProposedOrder = {
    clientOrderId: ports.newId(),
    side: 'sell',
    type: 'stop',
    purpose: 'stop',
    quantity,
    price: stop,
    reduceOnly: true,
    group,
  };
  const verdict = gate(order, ports.view(order));
  if (verdict.kind === 'denied') {
    const { check, reason } = verdict;
    journal.write('risk.denied', ts, { agentId, purpose: 'stop', check, reason });
    throw new Fault(
      'refused',
      `the risk gate refused to move the stop to ${formatDecimal(stop)}: ${reason} (${check})`,
      'give a price between the stop that rests and the newest price; the stop stays where it is',
    );
  }
  journal.write('risk.approved', ts, approvedPayload(agentId, { ...order, stop }, verdict));
  const from = execution.tightenStop(agentId, instrument.id, verdict.order, ts);
  return { from, to: stop, quantity, checks: verdict.checks };
}
