import { z } from 'zod';
import type { Contract } from '../contract/define.ts';
import { wireError } from '../contract/errors.ts';
import { contractHash } from '../transport/contract-hash.ts';
import { downFrame, upFrame } from '../transport/frames.ts';

type Json = { readonly [key: string]: unknown };

/** Chart columns, which JSON Schema cannot name, travel as base64 of little-endian doubles. */
const COLUMNS: Json = { type: 'object', properties: { $f64: { type: 'string' } }, required: ['$f64'] };

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _draft, ...rest } = z.toJSONSchema(schema, {
    unrepresentable: 'any',
    io,
    override({ zodSchema, jsonSchema }) {
      if (zodSchema instanceof z.ZodCustom) Object.assign(jsonSchema, COLUMNS);
    },
  });
  return rest;
};

const info = (contract: Contract, version: string, title: string): Json => ({
  title,
  version,
  description:
    'Listens on 127.0.0.1 only. Port and tokens lie in run/engine.json of the data folder, readable by its owner alone, and are new at each start.',
  'x-contract-hash': contractHash(contract),
});

const ERRORS: readonly (readonly [string, string])[] = [
  ['400', 'the input does not fit'],
  ['401', 'no token, or a wrong one'],
  ['403', 'the token may not call this'],
  ['409', 'the engine refuses, and says why and what to do'],
  ['429', 'too many requests'],
  ['500', 'the engine failed; its log knows more'],
  ['504', 'the call took too long'],
];

const content = (schema: Json): Json => ({ 'application/json': { schema } });

/** Every call as a POST, in OpenAPI 3.1. */
export function openApi(contract: Contract, version: string): Json {
  const failed = Object.fromEntries(
    ERRORS.map(([status, description]) => [
      status,
      { description, content: content({ $ref: '#/components/schemas/Refusal' }) },
    ]),
  );
  const calls = Object.entries(contract).flatMap(([name, entry]) => {
    if (entry.kind !== 'call') return [];
    const post = {
      operationId: name,
      tags: [name.split('.')[0]],
      security: [{ token: [] }],
      'x-scope': entry.scope,
      'x-timeout-ms': entry.timeoutMs,
      requestBody: { required: true, content: content(schemaOf(entry.input, 'input')) },
      responses: {
        '200': { description: 'the answer', content: content(schemaOf(entry.output, 'output')) },
        ...failed,
      },
    };
    return [[`/api/${name}`, { post }] as const];
  });
  return {
    openapi: '3.1.0',
    info: info(contract, version, 'Master Trader, calls'),
    servers: [
      { url: 'http://127.0.0.1:{port}', variables: { port: { default: '0', description: 'of run/engine.json' } } },
    ],
    paths: Object.fromEntries(calls),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'view looks, trade also acts' } },
      schemas: {
        Refusal: { type: 'object', properties: { error: schemaOf(wireError, 'output') }, required: ['error'] },
      },
    },
  };
}

/** The WebSocket with its frames, and every event that can be heard over it, in AsyncAPI 3.0. */
export function asyncApi(contract: Contract, version: string): Json {
  const events = Object.entries(contract).flatMap(([name, entry]) =>
    entry.kind === 'event'
      ? [[name, { name, 'x-scope': entry.scope, payload: schemaOf(entry.payload, 'output') }] as const]
      : [],
  );
  const auth: Json = {
    type: 'object',
    properties: { t: { const: 'auth' }, token: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
    required: ['t', 'token'],
  };
  return {
    asyncapi: '3.0.0',
    info: info(contract, version, 'Master Trader, events'),
    servers: {
      engine: {
        host: '127.0.0.1:{port}',
        protocol: 'ws',
        pathname: '/contract',
        variables: { port: { description: 'of run/engine.json' } },
      },
    },
    channels: {
      contract: {
        address: '/contract',
        description:
          'The first text is `auth` with a token, within two seconds. Then `hello` with the hash above, answered by `welcome`; then `sub` with a name and a number of your choice. Each `evt` carries that number and the payload of the event.',
        messages: {
          auth: { payload: auth },
          up: { payload: schemaOf(upFrame, 'input') },
          down: { payload: schemaOf(downFrame, 'output') },
          ...Object.fromEntries(events),
        },
      },
    },
    operations: {
      say: {
        action: 'receive',
        channel: { $ref: '#/channels/contract' },
        messages: [{ $ref: '#/channels/contract/messages/auth' }, { $ref: '#/channels/contract/messages/up' }],
      },
      hear: {
        action: 'send',
        channel: { $ref: '#/channels/contract' },
        messages: [{ $ref: '#/channels/contract/messages/down' }],
      },
    },
  };
}
