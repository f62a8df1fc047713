import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { killFlagPath } from '#host/kill-flag.ts';
import { startTestEngine } from './engine.ts';
import { engineThatHolds, fillDisk, request } from './full-disk-engine.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';

// Pulls the kill switch on a disk that has run full while a position is held, and starts again with room. Prints one line of JSON.
const disk = process.argv[2] ?? '';
const home = join(disk, 'home');
const secrets = createMemorySecretStore();
const first = await engineThatHolds(home, secrets);
const { handlers } = first.engine;
const { refused, free } = fillDisk(disk, handlers);

const report = await handlers['engine.kill']({ reason: 'the disk is full', verb: 'flatten' });
const state = (await handlers['engine.status']({})).tradingState;
const flagged = existsSync(killFlagPath(join(home, 'run')));
const pressed = await Promise.resolve(handlers['cycle.start'](request)).then(
  () => 'started',
  (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : 'failed'),
);
await first.engine.close().catch(() => undefined);

free();
const second = await startTestEngine({ home, secrets });
const status = await second.engine.handlers['engine.status']({});
const again = await second.engine.handlers['engine.kill']({ reason: 'with room', verb: 'flatten' });
const portfolio = await second.engine.handlers['portfolio.get']({});
const verdict = await second.engine.handlers['audit.verify']({});
await second.engine.close();
const after = {
  state: status.tradingState,
  reason: status.haltReason,
  positionValue: portfolio.positionValue,
  undone: again.steps.filter(({ done }) => !done),
  whole: verdict.ok,
};
console.log(JSON.stringify({ refused, report, state, flagged, pressed, after }));
