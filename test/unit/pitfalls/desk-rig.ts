import { plainSpec } from '#core/backtest/agent-spec.ts';
import { openAccount, type TradingAccount } from '#core/cycle/account.ts';
import type { AnyDraft } from '#core/cycle/cycle-journal.ts';
import type { RiskPorts } from '#core/cycle/desk-risk.ts';
import { openTradingDesk, type TradingDesk } from '#core/cycle/trading-desk.ts';
import type { CandleSeries } from '#core/domain/candle.ts';
import { parseDecimal } from '#core/domain/decimal.ts';
import { type UnixMs, unixMs } from '#core/domain/ids.ts';
import type { Instrument } from '#core/domain/instrument.ts';
import type { Interval } from '#core/domain/interval.ts';
import { asset } from '#core/domain/money.ts';
import { createIdFactory } from '#core/kernel/ids.ts';
import type { TradingState } from '#core/risk/types.ts';
import type { AgentSpec, RiskEnvelope } from '#core/spawner/types.ts';
import { sha256 } from '../../support/candle-builders.ts';

export const FEE_BPS = '10';

export const accountOf = (cash: string, openedAt: UnixMs): TradingAccount =>
  openAccount({ scope: 'run', asset: asset('USDT'), startingCash: parseDecimal(cash), openedAt });

export type DeskRigOptions = {
  readonly name: string;
  readonly instrument: Instrument;
  readonly interval: Interval;
  readonly at: UnixMs;
  readonly account: TradingAccount;
  readonly envelope?: Partial<RiskEnvelope>;
  readonly expiresAt?: UnixMs;
  readonly tradingState?: () => TradingState;
  readonly allowed?: readonly string[];
  /** Of an agent that asks before it enters. */
  readonly master?: Pick<RiskPorts, 'access' | 'askEntry'>;
  /** Told each record as it is written. */
  readonly onRecord?: (draft: AnyDraft) => void;
};

export type DeskRig = {
  readonly desk: TradingDesk;
  readonly spec: AgentSpec;
  readonly records: readonly AnyDraft[];
  /** Asks for an entry now, on these candles. */
  enter(series: CandleSeries, ts: UnixMs, direction?: 'long' | 'short'): void;
};

/** The product's own desk, gate, venue and ledger for one agent; several of them may share an account. */
export function deskOn(options: DeskRigOptions): DeskRig {
  const { name, instrument, interval, at, account } = options;
  const plain = plainSpec(sha256, {
    family: 'trend-following',
    parameters: {},
    instrumentId: instrument.id,
    interval,
    expiresAt: options.expiresAt ?? unixMs(at + 365 * 86_400_000),
    seed: 1,
  });
  const spec: AgentSpec = { ...plain, envelope: { ...plain.envelope, ...options.envelope } };
  const records: AnyDraft[] = [];
  const write = (draft: AnyDraft): void => {
    records.push(draft);
    options.onRecord?.(draft);
  };
  const desk = openTradingDesk(
    { instrument, interval, at, feeBps: parseDecimal(FEE_BPS), halfSpreadBps: parseDecimal('1') },
    {
      account,
      ids: createIdFactory(sha256, name),
      tradingState: options.tradingState ?? (() => 'active'),
      allowedInstruments: options.allowed ?? [instrument.id],
      ...options.master,
      journal: {
        // Type and payload belong together: `write` is typed so.
        write: (type, ts, payload) => write({ type, ts, payload } as AnyDraft),
        writeAll: (drafts) => {
          for (const draft of drafts) write(draft);
        },
      },
    },
    spec,
  );
  return {
    desk,
    spec,
    records,
    enter: (series, ts, direction = 'long') =>
      desk.enter({ kind: 'enter', direction, reason: 'because', decidedAt: ts }, series, ts),
  };
}
