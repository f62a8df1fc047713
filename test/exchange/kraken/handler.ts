import type { Drawn, RequestFault } from '../core/faults.ts';
import type { ApiKey } from '../core/keys.ts';
import type { Venue } from '../core/venue.ts';
import type { Answer } from '../server/answer.ts';
import type { KrakenContext } from './context.ts';
import type { Params } from './params.ts';

export type Call = {
  readonly venue: Venue;
  readonly context: KrakenContext;
  readonly params: Params;
  /** Of public calls an empty key that nothing may read. */
  readonly key: ApiKey;
  readonly drawn: Drawn<RequestFault> | undefined;
};

export type Handler = (call: Call) => Answer;
