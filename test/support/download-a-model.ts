// Downloads one model in a process of its own, which a test may put to sleep: `download-a-model.ts URL`. Prints `at BYTES` while it runs and
// `ended STATE SHA-256` at last.
import { setTimeout as sleep } from 'node:timers/promises';
import { openModelsHome } from './models.ts';

const home = openModelsHome();
const { manager } = home.models;
manager.download(process.argv[2] ?? '', 'small');
for (;;) {
  const now = manager.list().downloads[0];
  if (now !== undefined && now.state !== 'running') {
    console.log(`ended ${now.state} ${manager.list().models[0]?.sha256 ?? now.why}`);
    break;
  }
  console.log(`at ${now?.doneBytes ?? 0}`);
  await sleep(50);
}
await home.dispose();
