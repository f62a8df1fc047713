// An example of a program of your own beside Master Trader: plain Node 22 or newer, nothing installed, nothing of the product imported.
//
//   mt api describe api
//   node follow.mjs api <data folder> view        reads the status and listens
//   node follow.mjs api <data folder> trade       also lets an agent be spawned
//
// What may be called, and what is heard, it takes from the two descriptions alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [descriptions, home, scope = 'view'] = process.argv.slice(2);
if (descriptions === undefined || home === undefined || !['view', 'trade'].includes(scope)) {
  console.error('usage: node follow.mjs DESCRIPTIONS DATA-FOLDER [view|trade]');
  process.exit(2);
}
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
const openapi = read(join(descriptions, 'openapi.json'));
const asyncapi = read(join(descriptions, 'asyncapi.json'));
const engine = read(join(home, 'run/engine.json'));
const token = scope === 'trade' ? engine.tradeToken : engine.viewToken;

/** One call: its answer, or what the engine has against it. */
async function call(name, input = {}) {
  const path = `/api/${name}`;
  if (!Object.hasOwn(openapi.paths, path)) throw new Error(`the description knows no call ${name}`);
  const response = await fetch(`http://127.0.0.1:${engine.port}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}

/** Calls `listener` with the payload of each event; answers the undo. */
function follow(name, listener) {
  const { address, messages } = asyncapi.channels.contract;
  if (!Object.hasOwn(messages, name)) throw new Error(`the description knows no event ${name}`);
  const socket = new WebSocket(`ws://127.0.0.1:${engine.port}${address}`);
  const say = (frame) => socket.send(JSON.stringify(frame));
  socket.addEventListener('open', () => {
    say({ t: 'auth', token });
    say({ t: 'hello', hash: asyncapi.info['x-contract-hash'] });
    say({ t: 'sub', id: 1, name });
  });
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.t === 'refuse') throw new Error('the engine is of another version: describe the API again');
    if (frame.t === 'evt') listener(frame.payload);
  });
  return () => socket.close();
}

const tell = (what) => console.log(JSON.stringify(what));

const status = await call('engine.status');
tell({ status: status.status, tradingState: status.body.tradingState });

const heard = new Promise((done) => {
  const stop = follow('engine.changed', (payload) => {
    stop();
    done({ event: 'engine.changed', agentsRunning: payload.agentsRunning });
  });
});
// With the view token the engine refuses this; with the trade token an agent is spawned, and the event below tells of it.
const spawned = await call('cycle.start', { seed: 7 });
tell({ spawn: spawned.status, code: spawned.body.error?.code ?? null });
if (spawned.status === 200) tell(await heard);
process.exit(0);
