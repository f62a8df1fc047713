import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { checkAddress, guardedLookup } from './addresses.ts';

const ANSWER_WITHIN_MS = 8_000;
const SENT_FROM = 200;
const SENT_TO = 300;

/** Sends one JSON body. Follows no redirect, reads no answer, gives up after some seconds. Rejects with what went wrong, without the address. */
export function postJson(
  address: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
  withinMs = ANSWER_WITHIN_MS,
): Promise<void> {
  const url = checkAddress(address);
  const request = url.protocol === 'https:' ? secureRequest : plainRequest;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(withinMs);
    const sent = request(
      url,
      {
        method: 'POST',
        signal,
        lookup: guardedLookup(url.hostname),
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': String(Buffer.byteLength(body)),
          'user-agent': 'master-trader',
          ...headers,
        },
      },
      (response) => {
        const { statusCode = 0 } = response;
        // Nothing in an answer is of use, and nothing in it can hurt where it is not read.
        response.destroy();
        if (statusCode >= SENT_FROM && statusCode < SENT_TO) resolve();
        else reject(new Error(`it answers with status ${statusCode}`));
      },
    );
    sent.on('error', (error) =>
      reject(signal.aborted ? new Error(`no answer within ${withinMs / 1000} s`) : plain(error)),
    );
    sent.end(body);
  });
}

const plain = (error: Error & { readonly code?: string }): Error =>
  error.code === 'EPRIVATE' ? error : new Error(`it cannot be reached (${error.code ?? 'no reason given'})`);
