import { createInterface } from 'node:readline';
import { connectToEngine } from '#host/engine-file.ts';

// Stands for a terminal on the same machine: for each line on standard input it pulls the kill switch, and prints when it did and what came of it.
const client = await connectToEngine(process.argv[2] ?? '', 'trade');
console.log('ready');
createInterface({ input: process.stdin }).on('line', () => {
  const began = performance.timeOrigin + performance.now();
  void client
    .invoke('engine.kill', { reason: 'a drill', verb: 'flatten' })
    .then((report) => console.log(JSON.stringify({ began, report })));
});
