import { setTimeout as sleep } from 'node:timers/promises';
import { type FromWorkerMessage, toWorkerMessage } from '#adapters/inference-llama/protocol.ts';

// A model's process that thinks for a while, each time another one, and then says nothing of use. For what must not depend on it.
const say = (message: FromWorkerMessage): void => void process.send?.(message);

process.on('message', (raw) => {
  const message = toWorkerMessage.parse(raw);
  if (message.kind === 'load') say({ kind: 'loaded', hash: '5'.repeat(64), build: 'stub' });
  else if (message.kind === 'stop') process.exit(0);
  else if (message.kind === 'ask') void answer(message.id);
  else if (message.kind === 'probe') say({ kind: 'failed', id: message.id, why: 'a stub has no probabilities' });
});

async function answer(id: number): Promise<void> {
  const elapsedMs = 20 + Math.random() * 120;
  await sleep(elapsedMs);
  say({ kind: 'answer', id, text: '{"regime":"none of those that there are"}', tokens: 9, elapsedMs });
}
