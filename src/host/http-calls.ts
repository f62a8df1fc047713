import type { IncomingMessage, ServerResponse } from 'node:http';
import { appContract } from '#shared/contract/app-contract.ts';
import type { Scope } from '#shared/contract/define.ts';
import type { WireError } from '#shared/contract/errors.ts';
import { FACE_SCOPE } from '#shared/contract/faces.ts';
import { decodeFrame, encodeFrame } from '#shared/transport/codec.ts';
import { contractHash } from '#shared/transport/contract-hash.ts';
import { downFrame } from '#shared/transport/frames.ts';
import type { Port } from '#shared/transport/port.ts';
import { createPortPair } from '#shared/transport/ports.ts';
import { wire } from '#shared/transport/wire-error.ts';
import { REQUEST_CAP } from '#shared/transport/wire-size.ts';
import type { Program } from './access/caller.ts';
import { createFailureGate, createRateLimit, isLoopbackHost } from './loopback-guard.ts';

/** A call over HTTP is a POST to this and its name. */
export const CALLS_PATH = '/api/';

export type HttpCallOptions = {
  readonly port: () => number;
  readonly serve: (port: Port, scope: Scope, program: Program) => () => void;
  /** Whose token it is; undefined for one that is nobody's. */
  readonly programOf: (token: string) => Program | undefined;
  readonly maxFailures: number;
  readonly penaltyMs: number;
  readonly perSecond: number;
  readonly burst: number;
};

/** What an error of the contract is in HTTP. */
const STATUS: Readonly<Record<WireError['code'], number>> = {
  bad_request: 400,
  forbidden: 403,
  unknown_call: 404,
  rejected: 409,
  timeout: 504,
  internal: 500,
  disconnected: 503,
  contract_mismatch: 500,
};

const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > REQUEST_CAP.json) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
};

/** One question to the contract, through the same validation as every other connection. */
const ask = (
  options: HttpCallOptions,
  program: Program,
  name: string,
  input: unknown,
): Promise<{ status: number; body: unknown }> =>
  new Promise((done) => {
    const pair = createPortPair();
    const undo = options.serve(pair.host, FACE_SCOPE[program.face], program);
    pair.client.onFrame((raw) => {
      const answer = downFrame.safeParse(raw).data;
      if (answer?.t !== 'ok' && answer?.t !== 'err') return;
      undo();
      if (answer.t === 'ok') done({ status: 200, body: answer.output ?? null });
      else done({ status: STATUS[answer.error.code], body: { error: answer.error } });
    });
    pair.client.send({ t: 'hello', hash: contractHash(appContract) });
    pair.client.send({ t: 'call', id: 1, name, input });
  });

/**
 * Answers `POST /api/<call>` with a token in `Authorization: Bearer`. Looked at in this order: Host, Origin (a page of the web always sends one,
 * and none is welcome), rate, token, size; then the contract says the rest. Answers false when the address is none of ours.
 */
export const createHttpCalls = (options: HttpCallOptions) => {
  const gate = createFailureGate({
    maxFailures: options.maxFailures,
    penaltyMs: options.penaltyMs,
    now: () => performance.now(),
  });
  const rate = createRateLimit(options.perSecond, options.burst, () => performance.now());

  const tell = (response: ServerResponse, status: number, body: unknown): void => {
    // Of what was refused the rest was not read: nothing more is heard on that connection.
    if (status !== 200) response.shouldKeepAlive = false;
    const text = encodeFrame(body);
    response
      .writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'content-length': Buffer.byteLength(text),
      })
      .end(text);
  };
  const refuse = (response: ServerResponse, status: number, message: string): void =>
    tell(response, status, { error: wire(status === 400 || status === 413 ? 'bad_request' : 'forbidden', message) });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { headers, socket } = request;
    const address = socket.remoteAddress ?? 'unknown';
    if (!isLoopbackHost(headers.host, options.port()))
      return refuse(response, 421, 'this is not the address of the engine');
    if (headers.origin !== undefined) return refuse(response, 403, 'no page may call the engine');
    if (request.method !== 'POST') return refuse(response, 405, 'calls are made by POST');
    if (!rate.take() || gate.refuses(address)) return refuse(response, 429, 'too many requests');
    const token = /^Bearer ([0-9a-f]{64})$/.exec(headers.authorization ?? '')?.[1];
    const program = token === undefined ? undefined : options.programOf(token);
    if (program === undefined) {
      gate.failed(address);
      return refuse(response, 401, 'the token is missing or wrong');
    }
    gate.passed(address);
    const text = await bodyOf(request);
    if (text === undefined) return refuse(response, 413, 'a request may have at most 64 KiB');
    const input = text === '' ? {} : decodeFrame(text);
    if (input === undefined) return refuse(response, 400, 'the body is not JSON');
    const { status, body } = await ask(options, program, (request.url ?? '').slice(CALLS_PATH.length), input);
    tell(response, status, body);
  };

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (request.url?.startsWith(CALLS_PATH) !== true) return false;
    answer(request, response).catch(() => response.destroy());
    return true;
  };
};
