import { connectToEngine } from '#host/engine-file.ts';

// Stands for the window: connected to the engine, shown everything, and ended without warning by whoever started it.
const client = await connectToEngine(process.argv[2] ?? '', 'view');
client.on('engine.changed', () => undefined);
await client.invoke('engine.status', {});
console.log('watching');
setInterval(() => undefined, 1_000);
