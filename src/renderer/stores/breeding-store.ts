import type { AppClient, AppContract, AppInput, AppOutput } from '#shared/contract/app-contract.ts';
import type { CallRequest } from '#shared/contract/define.ts';
import type { LineageView, ReviewView } from '#shared/contract/evolution.ts';
import type { LabStudySummary, LabStudyView } from '#shared/contract/lab-views.ts';
import type { StrategySwitch, StrategyView } from '#shared/contract/strategies.ts';
import { type LoadedStore, loadedStore } from './loaded.ts';

type EvolveAsked = CallRequest<AppContract, 'lab.evolve'>;

/** Evolutions with their lineage, what the families say about themselves, and what the studies prove of them. */
export type BreedingStore = {
  readonly lineage: LoadedStore<LineageView | null>;
  readonly strategies: LoadedStore<readonly StrategyView[]>;
  /** When one family took the place of another, the newest first. */
  readonly switches: LoadedStore<readonly StrategySwitch[]>;
  /** The newest completed study of each strategy. */
  readonly board: LoadedStore<readonly LabStudyView[]>;
  /** Whose lineage is shown. */
  look(study: string): void;
  evolve(asked: EvolveAsked): Promise<string>;
  /** On candles of the same source after those of its study. Throws what the engine refused. */
  review(genome: string, market: AppInput<'lab.review'>['market']): Promise<ReviewView>;
};

/** What proves more is preferred among the studies of one strategy. */
const RANK: Readonly<Record<LabStudySummary['kind'], number>> = { 'walk-forward': 2, evolution: 1, search: 0 };

/** Of each strategy the newest completed study of the kind that proves most. */
function tellingStudies(studies: readonly LabStudySummary[]): readonly string[] {
  const best = new Map<string, LabStudySummary>();
  for (const study of studies) {
    if (study.state !== 'completed') continue;
    const known = best.get(study.strategy);
    const better =
      known === undefined ||
      RANK[study.kind] > RANK[known.kind] ||
      (RANK[study.kind] === RANK[known.kind] && study.createdAt > known.createdAt);
    if (better) best.set(study.strategy, study);
  }
  return [...best.values()].map(({ id }) => id);
}

const isStudy = (view: AppOutput<'lab.show'>): view is LabStudyView => view.kind !== 'backtest';

export function createBreedingStore(client: AppClient): BreedingStore {
  let looked: string | null = null;
  const lineage = loadedStore<LineageView | null>(async () =>
    looked === null ? null : client.invoke('lab.lineage', { id: looked }),
  );
  return {
    lineage,
    strategies: loadedStore<readonly StrategyView[]>(() => client.invoke('strategies.list', {})),
    switches: loadedStore<readonly StrategySwitch[]>(() => client.invoke('strategies.switches', {})),
    board: loadedStore<readonly LabStudyView[]>(async () => {
      const { studies } = await client.invoke('lab.list', {});
      const views = await Promise.all(tellingStudies(studies).map((id) => client.invoke('lab.show', { id })));
      return views.filter(isStudy);
    }),
    look(study) {
      if (looked !== study) lineage.clear();
      looked = study;
      void lineage.refresh();
    },
    evolve: async (asked) => (await client.invoke('lab.evolve', asked)).id,
    async review(genome, market) {
      const answer = await client.invoke('lab.review', { id: genome, market });
      await lineage.refresh();
      return answer;
    },
  };
}
