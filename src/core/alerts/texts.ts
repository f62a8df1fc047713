import { moneyText, percentText, priceText, quantityText, rText } from '#shared/format/figures.ts';
import { countText } from '#shared/format/names.ts';
import type { AlertDraft, AlertFacts, FillFacts } from './facts.ts';
import type { AlertKind } from './kinds.ts';

/** As many characters as every desktop shows of a notification. */
export const LONGEST_TEXT = 110;
const HIDDEN = '•••';

/** How amounts are written: as they are, or not at all. */
type Amounts = {
  money(text: string, asset: string): string;
  quantity(text: string, asset: string): string;
};
const SHOWN: Amounts = {
  money: (text, asset) => moneyText(text, asset, { sign: 'always' }),
  quantity: (text, asset) => `${quantityText(text)} ${asset}`,
};
const MASKED: Amounts = { money: () => HIDDEN, quantity: (_text, asset) => `${HIDDEN} ${asset}` };

const percent = (fraction: string): string => percentText(fraction, 2, { sign: 'always' });
const filled = (what: string, { net, quote, quantity, base, ...of }: FillFacts, amounts: Amounts): string => {
  const first = net === null ? amounts.quantity(quantity, base) : amounts.money(net, quote);
  const many = of.fills > 1 ? ` (${of.fills} fills)` : '';
  return `${first} ${what}, ${of.agent} ${of.symbol} ${priceText(of.price, of.priceDecimals)}${many}`;
};
const MEGABYTE = 1_000_000;

/** The number first, then what it is about; whatever is longest comes last, because the end is what gets cut. */
const TEXTS: { readonly [K in AlertKind]: (facts: AlertFacts[K], amounts: Amounts) => string } = {
  kill_done: ({ verb, steps, why }) =>
    verb === 'flatten'
      ? `${steps}/${steps} steps of the emergency done: gate closed, nothing is held (${why})`
      : `${steps}/${steps} steps done: trading halted, what is held stays (${why})`,
  kill_failed: ({ done, steps, step, detail }) =>
    `${done}/${steps} steps of the stop done. Not done: ${step}: ${detail}`,
  risk_breached: ({ fromPeak, act, reason }) =>
    `${percent(fromPeak)} from the peak: ${act === 'halt' ? 'no new entries' : 'everything is closed'}. ${reason}`,
  position_unprotected: ({ agent, symbol, purpose, why }) =>
    `0 ${purpose} orders protect ${symbol} of ${agent}: the venue refused it. ${why}`,
  account_mismatch: ({ account, why }) => `Account ${account} is not what its books say: ${why}`,
  journal_unwritable: ({ why }) => `0 records can be written, so nothing is sent: ${why}`,
  approval_needed: ({ id, what, minutesLeft }) => `${minutesLeft} min to decide ${id}: ${what}`,
  stop_hit: (facts, amounts) => filled('stop hit', facts, amounts),
  target_hit: (facts, amounts) => filled('target hit', facts, amounts),
  order_filled: (facts, amounts) => filled(facts.side === 'buy' ? 'bought' : 'sold', facts, amounts),
  agent_spawned: ({ agent, symbol, family, interval }) => `${agent} spawned: ${family} on ${symbol} ${interval}`,
  agent_ended: ({ agent, symbol, net, r, quote, why }, amounts) =>
    `${amounts.money(net, quote)} (${rText(r)}): ${agent} on ${symbol} has ended. ${why}`,
  cycle_failed: ({ cycle, why }) => `Cycle ${cycle} failed: ${why}`,
  schedule_skipped: ({ time, why }) => `${time}: no scheduled press, ${why}`,
  feed_stale: ({ seconds, label, why }) => `${seconds} s without good prices of ${label}: ${why}`,
  venue_trouble: ({ account, state, why }) => `Account ${account} is ${state}: ${why}`,
  clock_skew: ({ why }) => `0 new entries until prices are read again: ${why}`,
  machine_slept: ({ minutes, accounts }) =>
    accounts === 0
      ? `Slept ${minutes} min; prices are read again before anything is traded`
      : `Slept ${minutes} min; stops stayed at the venues of ${countText(accounts, 'account')}, which are reconciled first`,
  disk_low: ({ freeBytes }) =>
    `${Math.floor(freeBytes / MEGABYTE)} MB are free on the disk of the data folder; records need room`,
  price_reached: ({ symbol, price, priceDecimals, side, level, label }) =>
    `${priceText(price, priceDecimals)} ${symbol}: ${side} ${priceText(level, priceDecimals)} (${label})`,
  model_ready: ({ name }) => `Model ${name} has arrived and can be used`,
  download_failed: ({ name, why }) => `Download of ${name} failed: ${why}`,
  model_safe_mode: ({ why }) => `The rules decide alone: ${why}`,
  daily_summary: ({ dayFraction, dayAmount, quote, agents, drawdown }, amounts) =>
    `${percent(dayFraction)} today (${amounts.money(dayAmount, quote)}), ${countText(agents, 'agent')}, drawdown ${percentText(drawdown)}`,
  outbound_failed: ({ tries, channel, host, why }) =>
    `${countText(tries, 'try', 'tries')} by ${channel} to ${host} failed: ${why}`,
  digest: ({ more }) => `${countText(more, 'more alert')} within a minute; the Alert centre has all of them`,
};

/** One line without what a terminal or a notification would take for more than text. */
const plain = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
const fitted = (text: string): string =>
  text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1).trimEnd()}…`;

/** What an alert says, with its amounts and without. */
export function textsOf(draft: AlertDraft): { readonly text: string; readonly hidden: string } {
  // Kind and facts come as a pair; TypeScript cannot follow the pair through the table.
  const build = TEXTS[draft.kind] as (facts: AlertDraft['facts'], amounts: Amounts) => string;
  return { text: fitted(plain(build(draft.facts, SHOWN))), hidden: fitted(plain(build(draft.facts, MASKED))) };
}
