import { sha256 } from '#adapters/digest/sha256.ts';
import type { AnalystModel } from '#core/analyst/assess.ts';
import { HISTORY_CANDLES } from '#core/context/build-context.ts';
import type { CycleSetup } from '#core/cycle/run-cycle.ts';
import { formatDecimal, isZero } from '#core/domain/decimal.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import type { RiskPolicy } from '#core/risk/risk-limits.ts';
import type { CycleMarket } from './cycle-terms.ts';
import type { FollowedNews } from './news/market-news.ts';

/** Everything that makes the run this run, and nothing else: no path, no wall time, nothing of the data after the moment. */
export function runInputs(
  setup: CycleSetup,
  { account, feed }: CycleMarket,
  model: AnalystModel | undefined,
  limits: RiskPolicy,
  news?: FollowedNews,
): unknown {
  const status = model?.inference.status();
  const { instrument, interval, at, seed, market, feeBps, halfSpreadBps, trigger, chosen } = setup;
  const history = feed.history(instrument.id, interval, at, HISTORY_CANDLES);
  const seen = buildSnapshot(sha256, { instrumentId: instrument.id, interval, asOf: at, source: market.kind, history });
  return {
    // What was seen: other candles up to the moment are another run.
    snapshot: seen.hash,
    instrument: instrument.id,
    interval,
    at,
    seed,
    market,
    feeBps: formatDecimal(feeBps),
    halfSpreadBps: formatDecimal(halfSpreadBps),
    trigger,
    // Left out where the judgement decides, so that such runs keep their ids.
    ...(chosen === undefined ? {} : { chosen }),
    // Another model is another run; the same file under another name is not. What its scores let it do counts too, once that is more or less
    // than a beginner may.
    model: status?.kind === 'ready' ? modelInput(status.hash, model?.authority) : null,
    // How it was asked decides its answers too. Left out where nothing was said, so that such runs keep their ids.
    ...(model?.samples === undefined ? {} : { samples: model.samples }),
    ...(model?.masked === undefined ? {} : { masked: model.masked }),
    ...(model?.cutoff === undefined ? {} : { cutoff: model.cutoff }),
    account: account.scope,
    equity: formatDecimal(account.equity()),
    // What is locked is not sized from: with another amount of it this is another run.
    ...(isZero(account.profitLock.locked()) ? {} : { locked: formatDecimal(account.profitLock.locked()) }),
    limits,
    // Other news is another run, also news of the time that it goes on for; where none is followed a run is what it always was.
    ...(news === undefined ? {} : { news: news.at(at).hash, newsState: news.state }),
  };
}

const modelInput = (hash: string, authority: AnalystModel['authority']): string =>
  authority === undefined || authority === 'trial' ? hash : `${hash} ${authority}`;
