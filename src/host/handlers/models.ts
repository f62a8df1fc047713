import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { modelsContract } from '#shared/contract/models.ts';
import type { EngineParts } from '../parts.ts';

type ModelHandlers = Pick<AppHandlers, keyof typeof modelsContract>;

export function createModelHandlers({ models: { manager } }: EngineParts): ModelHandlers {
  return {
    'models.list': () => manager.list(),
    'models.import': ({ path, copy, name }) => manager.import(path, copy, name),
    'models.download': ({ url, name }) => manager.download(url, name),
    'models.pause': ({ id }) => manager.pause(id),
    async 'models.cancel'({ id }) {
      await manager.cancel(id);
      return { canceled: id };
    },
    async 'models.remove'({ name }) {
      return { removed: name, ...(await manager.remove(name)) };
    },
    'models.use': ({ name }) => manager.use(name),
    'models.remote': ({ remote }) => manager.setRemote(remote),
    'models.load': ({ name }) => manager.load(name),
    'models.unload': ({ name }) => manager.unload(name),
    'models.bench': ({ name, runs }) => manager.bench(name, runs),
    'models.canary': ({ name }) => manager.canary(name),
  };
}
