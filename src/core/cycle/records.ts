import type { TradeIntent } from '../agent/types.ts';
import type { Assessment, Regime } from '../analyst/types.ts';
import type { Face } from '../automation/types.ts';
import type { Fact, PatternReading } from '../context/types.ts';
import type { CycleEnvironment } from '../domain/environment.ts';
import type { AgentId, Hash, InstrumentId, UnixMs } from '../domain/ids.ts';
import type { Interval } from '../domain/interval.ts';
import type { OrderPurpose, Side } from '../domain/order.ts';
import type {
  OrderAcceptedPayload,
  OrderCancelRequestedPayload,
  OrderClosedPayload,
  OrderFilledPayload,
  OrderStopTightenedPayload,
  OrderSubmittedPayload,
  OrderUnresolvedPayload,
  PositionExternalPayload,
} from '../execution/types.ts';
import type { JournalDraft, RecordType } from '../journal/types.ts';
import type { Json } from '../kernel/canonical-json.ts';
import type { ClaimPayload } from '../risk/claim.ts';
import type { LimitName, RiskPolicy } from '../risk/risk-limits.ts';
import type { ChosenAgent } from '../spawner/chosen.ts';
import type { AgentSpec, LessonUse, SpawnMemory } from '../spawner/types.ts';
import type { AccessPayloads } from './access-records.ts';
import type { AlertPayloads } from './alert-records.ts';
import type { AnalystPayloads } from './analyst-records.ts';
import type { AutomationPayloads } from './automation-records.ts';
import type { MemoryPayloads } from './memory-records.ts';
import type { NewsPayloads } from './news-records.ts';
import type { OutboundPayloads } from './outbound-records.ts';
import type { CycleMarketPayload, PaperPayloads } from './paper-records.ts';
import type { PortfolioPayloads } from './portfolio-records.ts';
import type { PreferencePayloads } from './preference-records.ts';
import type { PromptPayloads } from './prompt-records.ts';
import type { ScorecardPayloads } from './scorecard-records.ts';
import type { StrategyPayloads } from './strategy-records.ts';
import type { TokenPayloads } from './token-records.ts';

/**
 * Which account: the standing simulated one, one of a run's own that begins with the given cash, one at a venue, or one that lasts and trades
 * a venue's prices with simulated fills.
 */
export type AccountScope = 'standing' | 'run' | 'venue' | 'paper';

export type Reconciliation = {
  readonly startingEquity: string;
  readonly cash: string;
  readonly positionValue: string;
  readonly equity: string;
  readonly grossPnl: string;
  readonly fees: string;
  /** What the double entry leaves unexplained; "0" or the engine is broken. */
  readonly difference: string;
};

export type CycleOutcome = 'traded' | 'no_trade' | 'interrupted';

/**
 * What each record says, by type. Payloads hold no wall time, no duration and no path, so that equal inputs give equal hashes; money is
 * canonical decimal text.
 */
export type Payloads = PaperPayloads &
  AlertPayloads &
  OutboundPayloads &
  TokenPayloads &
  ScorecardPayloads &
  AnalystPayloads &
  NewsPayloads &
  MemoryPayloads &
  PortfolioPayloads &
  PreferencePayloads &
  PromptPayloads &
  AccessPayloads &
  StrategyPayloads &
  AutomationPayloads & {
    'account.opened': { readonly asset: string; readonly cash: string; readonly marketSeed: number };
    /** Written when the peak or the day's start moved, so that a crash forgets neither. */
    'risk.marked': { readonly equity: string; readonly peakEquity: string; readonly dayStartEquity: string };
    'risk.breached': {
      readonly agentId: AgentId;
      readonly kind: 'halt' | 'flatten';
      readonly reason: string;
      readonly equity: string;
      readonly peakEquity: string;
    };
    /** The whole policy after the change, so that the newest record alone says what holds. */
    'risk.limits_changed': {
      readonly policy: RiskPolicy;
      readonly changed: readonly LimitName[];
      readonly reason: string;
    };
    'cycle.started': {
      readonly instrumentId: InstrumentId;
      readonly symbol: string;
      readonly interval: Interval;
      readonly at: UnixMs;
      readonly seed: number;
      readonly environment: CycleEnvironment;
      readonly market: CycleMarketPayload;
      readonly account: AccountScope;
      readonly quoteAsset: string;
      readonly startingEquity: string;
      readonly cash: string;
      readonly feeBps: string;
      readonly halfSpreadBps: string;
      readonly trigger: string;
      /** The agent that somebody chose himself; absent where the judgement decided, and in journals of earlier versions. */
      readonly chosen?: ChosenAgent;
    };
    'market.snapshot': {
      readonly hash: Hash;
      readonly candles: number;
      readonly firstOpen: UnixMs;
      readonly lastClose: UnixMs;
      readonly gaps: number;
      readonly dataAgeMs: number;
    };
    'context.built': {
      readonly hash: Hash;
      readonly facts: readonly Fact[];
      /** Journals of before patterns were looked for have none. */
      readonly patterns?: readonly PatternReading[];
    };
    'analyst.assessed': { readonly assessment: Assessment };
    'spawner.decided': {
      readonly kind: 'spawn' | 'no_trade';
      readonly why: string;
      readonly lessons: readonly LessonUse[];
      readonly recalled: number;
      /** Records of earlier versions have none. */
      readonly memory?: SpawnMemory;
    };
    'agent.spawned': { readonly agentId: AgentId; readonly spec: AgentSpec; readonly why: string };
    'agent.paused': { readonly agentId: AgentId; readonly reason: string; readonly by: Face };
    'agent.resumed': { readonly agentId: AgentId; readonly reason: string; readonly by: Face };
    'agent.decided': { readonly agentId: AgentId; readonly intent: TradeIntent; readonly close: number };
    'risk.approved': {
      readonly agentId: AgentId;
      readonly purpose: OrderPurpose;
      readonly side: Side;
      readonly quantity: string;
      readonly stop: string | null;
      readonly target: string | null;
      readonly checks: readonly string[];
      /** Of an entry: what is kept for it on the account from here on. Absent in journals of earlier versions. */
      readonly reserved?: ClaimPayload;
    };
    'risk.denied': {
      readonly agentId: AgentId;
      readonly purpose: OrderPurpose;
      readonly check: string;
      readonly reason: string;
    };
    'order.submitted': OrderSubmittedPayload;
    'order.accepted': OrderAcceptedPayload;
    'order.unresolved': OrderUnresolvedPayload;
    'order.cancel_requested': OrderCancelRequestedPayload;
    'order.stop_tightened': OrderStopTightenedPayload;
    'order.filled': OrderFilledPayload;
    'order.canceled': OrderClosedPayload;
    'order.rejected': OrderClosedPayload;
    'position.external': PositionExternalPayload;
    'ledger.posted': {
      readonly event: string;
      readonly postings: readonly { readonly account: string; readonly asset: string; readonly amount: string }[];
    };
    'agent.retired': { readonly agentId: AgentId; readonly why: string; readonly barsLived: number };
    'cycle.completed': {
      readonly outcome: CycleOutcome;
      readonly reason: string;
      readonly regime: Regime;
      readonly netPnl: string;
      readonly r: string;
      readonly fees: string;
      readonly barsLived: number;
      /** Highest equity of the account so far, so that a restart does not forget it. */
      readonly peakEquity: string;
      readonly reconciliation: Reconciliation;
    };
    'cycle.failed': { readonly error: string };
    'cycle.interrupted': { readonly reason: string };
    /** A backup took the journal's place after these records; `knownRecords` is how far it had been known to reach. */
    'journal.restored': { readonly records: number; readonly head: string; readonly knownRecords: number };
    'venue_account.added': {
      readonly config: {
        readonly name: string;
        readonly exchange: string;
        readonly environment: 'sandbox' | 'live';
        readonly url?: string;
        readonly instruments: readonly string[];
      };
    };
    'venue_account.removed': { readonly name: string };
    /** Cash of the account in its asset when it was first connected; from there on its books follow our own fills. */
    'venue_account.opened': { readonly name: string; readonly asset: string; readonly cash: string };
    'trading_state.changed': { readonly state: 'active' | 'reducing' | 'halted'; readonly reason: string };
    /**
     * What the kill switch did, order by order. Belongs to no run, and is the one payload with wall time in it: a proof of when a cancel was
     * asked for and confirmed is worth nothing without.
     */
    'kill.proof': {
      readonly verb: 'flatten' | 'stop_managing';
      readonly reason: string;
      readonly venues: readonly {
        readonly venue: string;
        readonly verifiedEmptyAt: number | null;
        readonly queries: number;
        readonly problem: string | null;
        readonly orders: readonly {
          readonly clientOrderId: string | null;
          readonly venueOrderId: string | null;
          readonly instrumentId: string;
          readonly foreign: boolean;
          readonly requestedAt: number;
          readonly requests: number;
          readonly confirmedAt: number | null;
          readonly evidence: string | null;
        }[];
      }[];
    };
  };

export type PayloadOf<T extends RecordType> = Payloads[T];

/** Plain data for the journal: `undefined` members are dropped, everything else must already be JSON. */
const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** A draft whose payload fits its type. */
export const draft = <T extends RecordType>(
  runId: JournalDraft['runId'],
  ts: UnixMs,
  type: T,
  payload: Payloads[T],
): JournalDraft => ({
  runId,
  ts,
  type,
  payload: toJson(payload),
});

/** Reads a record's payload back under its type. The journal only ever holds what `draft` wrote, which its hashes prove. */
export const payloadOf = <T extends RecordType>(
  record: { readonly type: RecordType; readonly payload: Json },
  type: T,
): Payloads[T] => {
  if (record.type !== type) throw new TypeError(`expected ${type}, found ${record.type}`);
  return record.payload as unknown as Payloads[T];
};
