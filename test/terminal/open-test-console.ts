import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import type { AppClient } from '#shared/contract/app-contract.ts';
import { type ConsoleModel, createConsoleModel } from '../../src/terminal/console/model.ts';
import type { ConsoleClock } from '../../src/terminal/console/watch-engine.ts';
import { runWords } from '../../src/terminal/line-runner.ts';

const nowhere = 'not used: the session is lent';

type Options = {
  readonly client: AppClient;
  readonly home: string;
  readonly clock: ConsoleClock;
  readonly copy?: (text: string) => void;
};

/** A console on an engine of the test, without a screen. */
export function openTestConsole({ client, home, clock, copy = () => undefined }: Options): ConsoleModel {
  const session = {
    client,
    attached: true,
    logger: createRingLogger({ verbose: false }),
    close: async () => undefined,
  };
  return createConsoleModel({
    client,
    attached: true,
    zone: 'UTC',
    clock,
    copy,
    runWords: (words, { sink, prompt, onInterrupt }) =>
      runWords(
        words,
        {
          home,
          cwd: home,
          verbose: false,
          prompt,
          onInterrupt,
          lent: async () => session,
          place: {
            resources: nowhere,
            page: nowhere,
            worker: nowhere,
            labWorker: nowhere,
            windowTerminal: nowhere,
            version: '0.0.0',
            modelPath: undefined,
          },
        },
        sink,
        false,
      ),
  });
}
