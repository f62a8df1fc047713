import { z } from 'zod';
import { call, defineContract, event, type Handlers } from '#shared/contract/define.ts';
import type { TransportLogger } from '#shared/transport/host.ts';

export const SECRET = 'canary-5f1c9e';

/** One entry of every kind that transports are known to treat differently. */
export const toy = defineContract({
  'echo.say': call(
    'view',
    z.strictObject({ text: z.string().max(100_000), times: z.int().default(1) }),
    z.strictObject({ text: z.string() }),
  ),
  'answer.void': call('view', z.strictObject({}), z.void()),
  'answer.empty': call('view', z.strictObject({}), z.strictObject({})),
  'answer.null': call('view', z.strictObject({ id: z.int().optional() }), z.strictObject({ n: z.int() }).nullable()),
  'answer.list': call('view', z.strictObject({}), z.array(z.int())),
  'answer.columns': call(
    'view',
    z.strictObject({ length: z.int() }),
    z.strictObject({ note: z.string(), open: z.instanceof(Float64Array), close: z.instanceof(Float64Array) }),
  ),
  'act.trade': call('trade', z.strictObject({}), z.strictObject({ done: z.boolean() })),
  'act.admin': call('admin', z.strictObject({ key: z.string() }), z.strictObject({})),
  'fail.fault': call('view', z.strictObject({}), z.strictObject({})),
  'fail.bug': call('view', z.strictObject({}), z.strictObject({})),
  'fail.output': call('view', z.strictObject({}), z.strictObject({ n: z.int() })),
  'fail.size': call('view', z.strictObject({ kib: z.int() }), z.strictObject({ text: z.string() })),
  'slow.never': call('view', z.strictObject({}), z.strictObject({}), 5_000),
  'news.changed': event('view', z.strictObject({ n: z.int() })),
  'news.columns': event('view', z.strictObject({ open: z.instanceof(Float64Array) })),
  'news.admin': event('admin', z.strictObject({ n: z.int() })),
});
export type Toy = typeof toy;

const bug = (): never => {
  throw new Error(`cannot open /home/master/${SECRET}`);
};

/** Handlers that note in `reached` which of them ran, in order. */
export const createToyHandlers = (reached: string[] = []): Handlers<Toy> => {
  const handlers: Handlers<Toy> = {
    'echo.say': ({ text, times }) => ({ text: text.repeat(times) }),
    'answer.void': () => undefined,
    'answer.empty': () => ({}),
    'answer.null': ({ id }) => (id === undefined ? null : { n: id }),
    'answer.list': () => [1, 2, 3],
    'answer.columns': ({ length }) => ({
      note: 'floats',
      open: Float64Array.from({ length }, (_, i) => (i === 1 ? Number.NaN : i / 3)),
      close: Float64Array.from({ length }, () => -0),
    }),
    'act.trade': async () => ({ done: true }),
    'act.admin': () => ({}),
    'fail.fault': () => {
      const fault = new Error('there is no agent a-7');
      throw Object.assign(fault, { name: 'Fault', code: 'not_found', remedy: 'list them: mt agents' });
    },
    'fail.bug': bug,
    'fail.output': () => ({ n: 0.5, [SECRET]: SECRET }),
    'fail.size': ({ kib }) => ({ text: 'x'.repeat(kib * 1024) }),
    'slow.never': () => new Promise(() => undefined),
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handler]) => [
      name,
      (input: never) => {
        reached.push(name);
        return handler(input);
      },
    ]),
  ) as Handlers<Toy>;
};

/** Keeps what the log was told. */
export const createListLog = (): TransportLogger & { readonly lines: string[] } => {
  const lines: string[] = [];
  return {
    lines,
    warn: (message, detail) => void lines.push(`warn ${message} ${JSON.stringify(detail)}`),
    error: (message, error) =>
      void lines.push(`error ${message} ${error instanceof Error ? error.message : String(error)}`),
  };
};
