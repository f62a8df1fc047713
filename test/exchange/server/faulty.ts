import type { ServerResponse } from 'node:http';
import type { Drawn, Endpoint, RequestFault } from '../core/faults.ts';
import type { Venue } from '../core/venue.ts';
import { type Answer, nonsense, send, wrongTypes } from './answer.ts';

/** One request after routing, told apart into what the gateway checks on arrival and what the engine does. */
export type Job = {
  readonly endpoint: Endpoint;
  /** `POST /api/v3/order`. */
  readonly name: string;
  /** Whose request it says to be, before that is checked; undefined for a public one. */
  readonly account?: string | undefined;
  /** Signature, nonce, rate limit; an answer here ends the request. */
  check(): Answer | undefined;
  /** Does it, expiry of the request included. */
  run(drawn: Drawn<RequestFault> | undefined): Answer;
};

/** How a venue words what it says instead of an answer. */
export type Wording = {
  rateLimited(retryAfterMs: number): Answer;
  banned(retryAfterMs: number): Answer;
  maintenance(): Answer;
  unavailable(): Answer;
  /** The venue's own "we do not know what became of it"; by turns, where it has several. */
  unknownOutcome(): Answer;
};

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

type Effect = (parts: {
  readonly wording: Wording;
  readonly response: ServerResponse;
  readonly delayMs: number;
  readonly answer: Answer;
}) => void;
type Effects = Readonly<Partial<Record<RequestFault, Effect>>>;

/** Faults of a request that never reaches the engine. */
const INSTEAD: Effects = {
  lost: ({ response }) => response.socket?.destroy(),
  reset: ({ response }) => response.socket?.resetAndDestroy(),
  timeout: () => undefined,
  rate_limited: ({ wording, response, delayMs }) => send(response, wording.rateLimited(delayMs)),
  banned: ({ wording, response, delayMs }) => send(response, wording.banned(delayMs)),
  maintenance: ({ wording, response }) => send(response, wording.maintenance()),
  unavailable: ({ wording, response }) => send(response, wording.unavailable()),
  html: ({ response }) => send(response, nonsense.html(200)),
  huge: ({ response }) => send(response, nonsense.huge()),
  empty: ({ response }) => send(response, nonsense.empty()),
};

/** Faults of the answer to a request that was carried out. */
const AFTERWARDS: Effects = {
  accepted_dropped: ({ response }) => response.socket?.destroy(),
  accepted_reset: ({ response }) => response.socket?.resetAndDestroy(),
  accepted_timeout: () => undefined,
  accepted_5xx: ({ response }) => send(response, nonsense.html(502)),
  accepted_unknown: ({ wording, response }) => send(response, wording.unknownOutcome()),
  accepted_html: ({ response }) => send(response, nonsense.html(200)),
  accepted_huge: ({ response }) => send(response, nonsense.huge()),
  accepted_empty: ({ response }) => send(response, nonsense.empty()),
  accepted_wrong_types: ({ response, answer }) => send(response, { ...answer, body: wrongTypes(answer.body) }),
};

/** Plays one request with the fault that hits it. A request that the venue refuses is answered as it is, whatever was drawn. */
export async function play(job: Job, venue: Venue, wording: Wording, response: ServerResponse): Promise<void> {
  venue.requests[job.name] = (venue.requests[job.name] ?? 0) + 1;
  if (venue.maintenance) return send(response, wording.maintenance());
  const drawn = venue.faults.request(job.endpoint, job.account);
  const parts = { wording, response, delayMs: drawn?.delayMs ?? 0 };
  const instead = drawn === undefined ? undefined : INSTEAD[drawn.fault];
  if (instead !== undefined) {
    drawn?.fired();
    return instead({ ...parts, answer: { status: 200 } });
  }
  const refused = job.check();
  if (refused !== undefined) return send(response, refused);
  if (drawn?.fault === 'late') {
    drawn.fired();
    await wait(drawn.delayMs);
  }
  const answer = job.run(drawn);
  const afterwards = drawn === undefined ? undefined : AFTERWARDS[drawn.fault];
  if (afterwards !== undefined && answer.status === 200 && answer.refused !== true) {
    drawn?.fired();
    return afterwards({ ...parts, answer });
  }
  if (drawn?.fault === 'slow') {
    drawn.fired();
    await wait(drawn.delayMs);
  }
  send(response, answer);
}
