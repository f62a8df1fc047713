import type { AgentId, ClientOrderId, Hash, LessonId, RunId, TradeId } from '../domain/ids.ts';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of UTF-8 text in lowercase hex; supplied by the host so that the core needs no crypto of its own. */
export type Digest = (text: string) => Hash;

/** Hash of plain data, with a domain label so that equal data of two kinds has two hashes. */
export const hashOf = (digest: Digest, kind: string, value: unknown): Hash =>
  digest(`${kind}\n${canonicalJson(value)}`);

/** Ids of one run, all functions of the run id and a counter. */
export type IdFactory = {
  readonly runId: RunId;
  agentId(): AgentId;
  /** `mt` + 16 hex: 18 alphanumeric characters, which every venue of the plan accepts. */
  clientOrderId(): ClientOrderId;
  tradeId(): TradeId;
  lessonId(): LessonId;
};

/** `inputs` are what makes the run this run: instrument, interval, moment, seed, settings. The same inputs give the same ids. */
export function createIdFactory(digest: Digest, inputs: unknown): IdFactory {
  const root = hashOf(digest, 'run', inputs);
  const counters = new Map<string, number>();
  const make = (kind: string, prefix: string, length: number): string => {
    const n = (counters.get(kind) ?? 0) + 1;
    counters.set(kind, n);
    return prefix + digest(`${kind}\n${root}\n${n}`).slice(0, length);
  };
  return {
    runId: `R-${root.slice(0, 12)}` as RunId,
    agentId: () => make('agent', 'A-', 8) as AgentId,
    clientOrderId: () => make('order', 'mt', 16) as ClientOrderId,
    tradeId: () => make('trade', 'T-', 16) as TradeId,
    lessonId: () => make('lesson', 'L-', 12) as LessonId,
  };
}
