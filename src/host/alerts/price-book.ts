import { createPriceWatch, type PriceAlert, type SeenPrices } from '#core/alerts/price-watch.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import { isPositive, parseDecimal } from '#core/domain/decimal.ts';
import type { UnixMs } from '#core/domain/ids.ts';
import type { JournalRecord } from '#core/journal/types.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { JournalStore } from '#core/ports/journal-store.ts';
import { SYSTEM_CYCLE, SYSTEM_RUN } from '../trading-state.ts';

/** More would be looked through at every candle, and nobody reads them. */
const MOST_PRICE_ALERTS = 100;

export type PriceBook = {
  /** Takes in a record of the journal; each of them once, in order, before anything is set. */
  note(record: JournalRecord): void;
  list(): readonly PriceAlert[];
  /** Records, then watches. Throws Fault `usage` for a level that is none, `refused` for one too many, `storage`. */
  set(asked: Omit<PriceAlert, 'id'>, ts: UnixMs): PriceAlert;
  /** Throws Fault `not_found`. */
  remove(id: string, ts: UnixMs): void;
  /**
   * What a candle reaches; each is recorded before it is answered, so that one that was told is never told again after a restart, and so is
   * that one may speak again. Throws Fault `storage`; then the next candle decides.
   */
  see(seen: SeenPrices, ts: UnixMs): readonly { readonly alert: PriceAlert; readonly price: string }[];
};

/** The master's price alerts. They live in the journal, so that a restart and a restored backup know them. */
export function openPriceBook(journal: () => JournalStore): PriceBook {
  const watch = createPriceWatch();
  let newest = 0;
  const append = (...drafts: Parameters<JournalStore['append']>[1]): void => {
    journal().append(SYSTEM_CYCLE, drafts);
  };
  const fired = ({ id, once }: PriceAlert): void => {
    if (once) watch.remove(id);
    else watch.rest(id);
  };
  return {
    note(record) {
      if (record.type === 'alert.price_set') {
        const alert = payloadOf(record, record.type);
        newest = Math.max(newest, Number(alert.id.slice(2)));
        watch.set(alert);
      } else if (record.type === 'alert.price_removed') watch.remove(payloadOf(record, record.type).id);
      else if (record.type === 'alert.price_fired') {
        const { id } = payloadOf(record, record.type);
        const alert = watch.list().find((one) => one.id === id);
        if (alert !== undefined) fired(alert);
      } else if (record.type === 'alert.price_armed') watch.arm(payloadOf(record, record.type).id);
    },
    list: () => watch.list(),
    set(asked, ts) {
      if (!isPositive(parseDecimal(asked.level)))
        throw new Fault('usage', `a price of ${asked.level} cannot be reached`, 'give a level above zero');
      if (watch.list().length >= MOST_PRICE_ALERTS)
        throw new Fault('refused', `${MOST_PRICE_ALERTS} price alerts are set already`, 'remove one: mt alert remove');
      const alert = { id: `P-${newest + 1}`, ...asked };
      append(draft(SYSTEM_RUN, ts, 'alert.price_set', alert));
      newest += 1;
      watch.set(alert);
      return alert;
    },
    remove(id, ts) {
      if (!watch.list().some((one) => one.id === id))
        throw new Fault('not_found', `there is no price alert ${id}`, 'list them: mt alert prices');
      append(draft(SYSTEM_RUN, ts, 'alert.price_removed', { id }));
      watch.remove(id);
    },
    see(seen, ts) {
      const { reached, back } = watch.look(seen);
      if (reached.length + back.length === 0) return reached;
      append(
        ...reached.map(({ alert, price }) => draft(SYSTEM_RUN, ts, 'alert.price_fired', { id: alert.id, price })),
        ...back.map(({ id }) => draft(SYSTEM_RUN, ts, 'alert.price_armed', { id })),
      );
      for (const { alert } of reached) fired(alert);
      for (const { id } of back) watch.arm(id);
      return reached;
    },
  };
}
