import { createServer } from 'node:http';

// A venue with nothing but resting orders, over real sockets, in a process of its own. It keeps when each cancel arrived, before it does
// anything about it. `POST /fill?orders=N&bulk=0|1` rests N orders and says whether it takes one request for all; `GET /log` tells. Prints its port.

type Arrival = { readonly what: string; readonly at: number };

const resting = new Set<string>();
let arrivals: Arrival[] = [];
let bulk = true;
const now = (): number => performance.timeOrigin + performance.now();

const server = createServer((request, response) => {
  const at = now();
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const answer = (status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  request.resume();
  switch (url.pathname) {
    case '/fill':
      resting.clear();
      arrivals = [];
      bulk = url.searchParams.get('bulk') === '1';
      for (let i = 0; i < Number(url.searchParams.get('orders')); i++) resting.add(`V-${i}`);
      return answer(200, { resting: resting.size });
    case '/cancel-all':
      arrivals.push({ what: 'all', at });
      if (!bulk) return answer(404, { error: 'no such endpoint' });
      resting.clear();
      return answer(200, {});
    case '/cancel': {
      const id = url.searchParams.get('id') ?? '';
      arrivals.push({ what: id, at });
      return answer(resting.delete(id) ? 200 : 404, {});
    }
    case '/orders':
      return answer(200, [...resting]);
    case '/log':
      return answer(200, arrivals);
    default:
      return answer(404, {});
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' ? address?.port : '');
});
