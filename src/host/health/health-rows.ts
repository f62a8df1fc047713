import type { LogLine } from '#adapters/logger/ring-logger.ts';
import type { AccountView } from '#shared/contract/accounts.ts';
import type { EngineStatus } from '#shared/contract/engine.ts';
import type { HealthRow } from '#shared/contract/health.ts';
import { bytesText } from '#shared/format/bytes.ts';
import type { EngineLoad } from './engine-load.ts';

/** What the rows are made of; read once, so that they speak of one moment. */
export type HealthReading = {
  /** Wall time. */
  readonly now: number;
  readonly status: EngineStatus;
  readonly dataFault: string | null;
  readonly load: EngineLoad;
  readonly newestBackup: { readonly name: string; readonly createdAt: number } | undefined;
  readonly accounts: readonly AccountView[];
  /** The newest lines of the log, oldest first; undefined where the face keeps none. */
  readonly log: readonly LogLine[] | undefined;
};

type Row = Omit<HealthRow, 'id'>;

/** A thread that is later than this to its own timer answers nobody in time; above half a second it is as good as hung. */
const LATE_MS = 100;
const HUNG_MS = 500;
/** A backup is made each hour while the engine runs, and waits ten minutes at most for quiet. */
const BACKUP_DUE_MS = 2 * 3_600_000;
const MUCH_MEMORY_BYTES = 2_000_000_000;
const HOUR_MS = 3_600_000;
/** Candles of the followed market close each minute of its time. */
const STALE_FEED_MS = 3 * 60_000;
const LONGEST = 400;

const minutes = (ms: number): string => `${Math.floor(ms / 60_000)} min`;

const engine = ({ load: { loop } }: HealthReading): Row => ({
  state: loop.p99Ms > HUNG_MS ? 'bad' : loop.p99Ms > LATE_MS ? 'warn' : 'ok',
  value: `${loop.p99Ms} ms`,
  detail: `delay of its thread since the last look: half of the time under ${loop.p50Ms + 1} ms, at most ${loop.maxMs} ms`,
});

const trading = ({ status }: HealthReading): Row => ({
  state: status.tradingState === 'active' ? 'ok' : status.tradingState === 'reducing' ? 'warn' : 'bad',
  value: status.tradingState,
  detail: status.haltReason ?? 'new risk passes the gate',
});

function feed({ status: { feed: source, livePrices } }: HealthReading): Row {
  if (livePrices !== null && livePrices.trouble !== null)
    return { state: 'bad', value: livePrices.label, detail: `not good to trade on: ${livePrices.trouble}` };
  const value = source.ageMs === null ? 'no candle yet' : `${Math.round(source.ageMs / 1000)} s old`;
  return {
    state: source.ageMs === null || source.ageMs > STALE_FEED_MS ? 'warn' : 'ok',
    value,
    detail: `${source.label}${source.seed === null ? '' : `, seed ${source.seed}`}, newest minute of its own time`,
  };
}

const clock = ({ dataFault }: HealthReading): Row =>
  dataFault === null
    ? { state: 'ok', value: 'agree', detail: 'the clock of the wall and the steady one move together' }
    : { state: 'bad', value: 'not trusted', detail: dataFault };

const journal = ({ status: { journal: records } }: HealthReading): Row => ({
  state: records.writable ? 'ok' : 'bad',
  value: `${records.records} records`,
  detail: records.why ?? 'every record is on the disk before anything follows from it',
});

const disk = ({ status: { disk: space } }: HealthReading): Row => ({
  state: space.low ? 'bad' : 'ok',
  value: space.freeBytes === null ? 'not told' : `${bytesText(space.freeBytes)} free`,
  detail: space.low ? 'make room: below 500 MB backups fail first, then nothing can be recorded' : 'of the data folder',
});

function backup({ newestBackup, now }: HealthReading): Row {
  if (newestBackup === undefined)
    return {
      state: 'warn',
      value: 'none yet',
      detail: 'one is made each hour while the engine runs; mt backup now makes one',
    };
  const age = now - newestBackup.createdAt;
  return {
    state: age > BACKUP_DUE_MS ? 'warn' : 'ok',
    value: `${minutes(age)} old`,
    detail: newestBackup.name,
  };
}

const protection = ({ status: { protection: slot } }: HealthReading): Row => ({
  state: slot.protected ? 'ok' : 'warn',
  value: slot.protected ? 'locked by a passphrase' : 'not locked',
  detail: slot.label,
});

const analyst = ({ status }: HealthReading): Row => ({
  state: 'ok',
  value: status.analyst.kind === 'rules' ? 'rules' : 'model and rules',
  detail: status.analyst.label,
});

function accounts({ accounts: all }: HealthReading): Row {
  if (all.length === 0) return { state: 'off', value: 'none', detail: 'no account at a venue is connected' };
  const bad = all.filter(({ state }) => state === 'broken' || state === 'refused');
  const waiting = all.filter(
    ({ state, streamLost }) => state === 'connecting' || state === 'reconciling' || streamLost,
  );
  const [worst] = [...bad, ...waiting];
  return {
    state: bad.length > 0 ? 'bad' : waiting.length > 0 ? 'warn' : 'ok',
    value: `${all.length - bad.length - waiting.length} of ${all.length} ready`,
    detail: worst === undefined ? 'books and venue agree' : `${worst.name}: ${worst.why ?? worst.state}`,
  };
}

const memory = ({ load }: HealthReading): Row => ({
  state: load.process.rssBytes > MUCH_MEMORY_BYTES ? 'warn' : 'ok',
  value: bytesText(load.process.rssBytes),
  detail: `${bytesText(load.process.heapUsedBytes)} of it in use by the engine, ${Math.round(load.process.cpuFraction * 100)} % of a core`,
});

function errors({ log, now }: HealthReading): Row {
  if (log === undefined) return { state: 'off', value: 'not kept', detail: 'this face keeps no log' };
  const recent = log.filter(({ level, ts }) => level === 'error' && now - ts <= HOUR_MS);
  const last = recent.at(-1);
  return {
    state: recent.length === 0 ? 'ok' : 'warn',
    value: `${recent.length} in the last hour`,
    detail: last === undefined ? 'of the lines that are kept in memory' : last.message,
  };
}

const ROWS: Readonly<Record<HealthRow['id'], (reading: HealthReading) => Row>> = {
  engine,
  trading,
  feed,
  clock,
  journal,
  disk,
  backup,
  protection,
  analyst,
  accounts,
  memory,
  errors,
};

/** One row for each part, with what is wrong with it and what to do. */
export const healthRows = (reading: HealthReading): HealthRow[] =>
  (Object.keys(ROWS) as HealthRow['id'][]).map((id) => {
    const { state, value, detail } = ROWS[id](reading);
    return { id, state, value: value.slice(0, LONGEST), detail: detail.slice(0, LONGEST) };
  });

export const worstOf = (rows: readonly HealthRow[]): 'ok' | 'warn' | 'bad' =>
  rows.some(({ state }) => state === 'bad') ? 'bad' : rows.some(({ state }) => state === 'warn') ? 'warn' : 'ok';
