import type { AuditRecord } from '#shared/contract/audit.ts';

/** What the records alone say was reserved when an entry was approved. Floating-point sums of its own: nothing of the engine's book is read. */
export type Recount = {
  readonly seq: number;
  readonly ts: number;
  /** Loss and gap of everything open and held, this entry included; likewise notional and positions. */
  readonly risk: number;
  readonly notional: number;
  readonly positions: number;
  /** Positions with their quantity, and cash, as the fills make them. */
  readonly cash: number;
  readonly held: ReadonlyMap<string, number>;
};

type Row = {
  readonly agent: string;
  readonly instrument: string;
  readonly quantity: number;
  readonly risk: number;
  readonly notional: number;
  open: number;
  held: number;
};

const TINY = 1e-9;

/** Reads a journal from its first record, and answers what was reserved at each approval of an entry and at the end. */
export function recount(records: readonly AuditRecord[], openingCash: number) {
  const rows = new Map<string, Row>();
  const held = new Map<string, number>();
  let cash = openingCash;
  const approvals: Recount[] = [];
  const sum = (pick: (row: Row) => number): number => [...rows.values()].reduce((all, row) => all + pick(row), 0);
  const shareOf = (row: Row): number => (row.open + row.held) / row.quantity;

  for (const { seq, ts, type, payload: text } of records) {
    const payload = JSON.parse(text);
    if (type === 'risk.approved' && payload.reserved !== undefined) {
      const { clientOrderId, instrumentId, loss, gap, notional } = payload.reserved;
      const quantity = Number(payload.quantity);
      const risk = Number(loss) + Number(gap);
      const row = { agent: payload.agentId, instrument: instrumentId, quantity, risk, notional: Number(notional) };
      rows.set(clientOrderId, { ...row, open: quantity, held: 0 });
      approvals.push({
        seq,
        ts,
        risk: sum((one) => one.risk * shareOf(one)),
        notional: sum((one) => one.notional * shareOf(one)),
        positions: new Set([...rows.values()].map(({ agent, instrument }) => `${agent} ${instrument}`)).size,
        cash,
        held: new Map(held),
      });
    } else if (type === 'order.filled') {
      const sign = payload.side === 'buy' ? 1 : -1;
      const quantity = Number(payload.quantity);
      cash -= sign * quantity * Number(payload.price) + Number(payload.fee);
      held.set(payload.instrumentId, (held.get(payload.instrumentId) ?? 0) + sign * quantity);
      if (payload.purpose === 'entry') {
        const row = rows.get(payload.clientOrderId);
        if (row === undefined) throw new Error(`order ${payload.clientOrderId} filled without a reservation`);
        row.open -= quantity;
        row.held += quantity;
      } else {
        let left = quantity;
        for (const row of rows.values()) {
          if (row.agent !== payload.agentId || row.instrument !== payload.instrumentId) continue;
          const taken = Math.min(left, row.held);
          row.held -= taken;
          left -= taken;
        }
        if (left > TINY) throw new Error(`record ${seq} sold ${left} more than its agent held`);
      }
    } else if (type === 'order.canceled' || type === 'order.rejected') {
      const row = rows.get(payload.clientOrderId);
      if (row !== undefined) row.open = 0;
    }
    for (const [id, row] of rows) if (row.open + row.held < TINY) rows.delete(id);
  }
  return { approvals, left: rows.size, cash, held };
}

/** By how much of the market's time the latest decision came after the close that it is about, by what was written before it. */
export function latestDecision(records: readonly AuditRecord[]): number {
  let now = 0;
  let latest = 0;
  for (const { type, ts, runId } of records) {
    if (runId === 'R-system') continue;
    if (type === 'agent.decided') latest = Math.max(latest, now - ts);
    now = Math.max(now, ts);
  }
  return latest;
}
