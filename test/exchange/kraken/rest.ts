import type { ApiKey } from '../core/keys.ts';
import type { Job } from '../server/faulty.ts';
import type { VenueRequest } from '../server/request.ts';
import type { Gate } from './auth.ts';
import type { KrakenContext } from './context.ts';
import { DENIED, refuse } from './errors.ts';
import { parseParams } from './params.ts';
import { ROUTES } from './routes.ts';

const NOBODY: ApiKey = { key: '', secret: '', account: '', read: false, trade: false, withdraw: false };
const NO_METHOD = refuse('EGeneral:Unknown method');

/** Prepares one REST request: what kraken's gateway checks on arrival, and what its engine does. */
export function krakenJob(context: KrakenContext, gate: Gate, request: VenueRequest): Job {
  const name = `${request.method} ${request.path}`;
  const route = ROUTES[name];
  if (route === undefined) return { endpoint: 'public', name, check: () => NO_METHOD, run: () => NO_METHOD };
  const params = parseParams(request.query, request.body);
  const { venue } = context;
  let key = NOBODY;
  return {
    endpoint: route.endpoint,
    name,
    account: venue.keys.find(request.header('api-key'))?.account,
    check: () => {
      if (route.may === undefined) return undefined;
      const found = gate.open(request, params.text('nonce'));
      if ('status' in found) return found;
      if (!route.may(found)) return DENIED;
      key = found;
      const limited = venue.options.limits === 'venue' && !context.calls(key.account).tryAdd(route.points);
      return limited ? refuse('EAPI:Rate limit exceeded') : undefined;
    },
    run: (drawn) => route.handler({ venue, context, params, key, drawn }),
  };
}
