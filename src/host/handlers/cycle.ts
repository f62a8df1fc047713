import { sha256 } from '#adapters/digest/sha256.ts';
import { assess } from '#core/analyst/assess.ts';
import { judgeByRules } from '#core/analyst/rule-analyst.ts';
import { buildContext, HISTORY_CANDLES } from '#core/context/build-context.ts';
import { payloadOf } from '#core/cycle/records.ts';
import { Fault } from '#core/kernel/fault.ts';
import { buildSnapshot } from '#core/market/snapshot.ts';
import { assessmentView, factView } from '#core/projections/cycle-parts.ts';
import { higherTimeframes } from '#core/projections/higher-timeframes.ts';
import { marketSourceText } from '#core/projections/market-source-text.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import { askedAs } from '../asked-as.ts';
import { openCycleMarket } from '../cycle-market.ts';
import type { CycleRunner } from '../cycle-runner.ts';
import { newsOfMarket } from '../news/market-news.ts';
import type { EngineParts } from '../parts.ts';

type CycleHandlers = Pick<
  AppHandlers,
  'cycle.start' | 'cycle.wait' | 'cycle.get' | 'cycle.list' | 'cycle.cancel' | 'cycle.analyse'
>;

const outcomeOf = (view: CycleView): string => {
  if (view.result !== null) return `${view.result.outcome.replace('_', ' ')}: ${view.result.reason}`.slice(0, 400);
  return view.error ?? view.state;
};

export function createCycleHandlers(parts: EngineParts, runner: CycleRunner, newestCycle: () => number): CycleHandlers {
  const { models, storage } = parts;
  return {
    'cycle.start'(request) {
      if (request.trigger === 'schedule')
        throw new Fault(
          'usage',
          'the trigger schedule is the engine alone',
          'set the schedule: mt schedule set --every 1h',
        );
      return runner.start(request);
    },
    async 'cycle.wait'({ cycle }) {
      await runner.live(cycle)?.ended;
      return runner.view(cycle);
    },
    'cycle.get'({ cycle }) {
      const wanted = cycle ?? runner.running().at(-1)?.cycle ?? newestCycle();
      return wanted === 0 ? null : runner.view(wanted);
    },
    'cycle.list'({ limit }) {
      const newest = newestCycle();
      const cycles = Array.from({ length: Math.min(limit, newest) }, (_, index) => newest - index);
      return cycles.flatMap((cycle) => {
        const records = runner.live(cycle)?.records() ?? storage.journal.readCycle(cycle);
        const first = records[0];
        if (first === undefined) return [];
        const view = runner.view(cycle);
        return [
          {
            cycle,
            runId: view.runId,
            state: view.state,
            instrument: payloadOf(first, 'cycle.started').symbol,
            interval: view.interval,
            startedAt: view.startedAt,
            outcome: outcomeOf(view),
          },
        ];
      });
    },
    'cycle.cancel': ({ reason, cycle }) => ({ canceled: runner.cancel(reason, cycle ?? 'newest') }),
    async 'cycle.analyse'(request) {
      const { feed, at, interval, seed, market, instrument, close } = await openCycleMarket(request, parts, 'look');
      await close?.();
      const model = askedAs(await models.choose(request.model), request);
      const history = feed.history(instrument.id, interval, at, HISTORY_CANDLES);
      const snapshot = buildSnapshot(sha256, {
        instrumentId: instrument.id,
        interval,
        asOf: at,
        source: market.kind,
        history,
      });
      const news = newsOfMarket(parts.storage.news, market.kind, instrument.base);
      const context = buildContext(sha256, snapshot, news?.at(at));
      const assessment = await assess({
        context,
        judgeByRules,
        model,
        seed,
        digest: sha256,
        madeHere: market.kind === 'generator',
      });
      return {
        assessment: assessmentView(assessment, context.facts),
        facts: context.facts.map(factView),
        patterns: context.patterns.map((pattern) => ({ ...pattern })),
        higherTimeframes: higherTimeframes(context),
        asOf: at,
        dataAgeMs: snapshot.dataAgeMs,
        marketSource: marketSourceText(market),
      };
    },
  };
}
