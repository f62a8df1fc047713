import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { Hash } from '#core/domain/ids.ts';
import { Fault } from '#core/kernel/fault.ts';
import type { AskOptions, Inference, InferenceReply, InferenceRequest, ModelStatus } from '#core/ports/inference.ts';

export type RemoteSettings = {
  /** Address before `/chat/completions`, such as `http://127.0.0.1:8080/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Asked for at each question, so that it is nowhere while none is asked. */
  readonly key: () => string | undefined;
  /** While true nothing is sent. */
  readonly offline: () => boolean;
};

/** An answer of the analyst has a few hundred characters; whatever is larger is no answer. */
const LONGEST_BODY = 256 * 1024;

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().max(64_000) }) })).min(1),
  usage: z
    .object({ prompt_tokens: z.int().nonnegative().optional(), completion_tokens: z.int().nonnegative().optional() })
    .optional(),
});

/** Throws Fault `usage` for an address that questions and a key are not sent to: unencrypted elsewhere, or with a password in it. */
export function checkedBaseUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null) throw new Fault('usage', `${text} is not an address`, 'give one such as http://127.0.0.1:8080/v1');
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    throw new Fault(
      'usage',
      'a remote model is only asked over https, or over http on this machine',
      'give such an address',
    );
  if (url.username !== '' || url.password !== '' || url.search !== '')
    throw new Fault(
      'usage',
      'the address of a remote model holds more than a place',
      'leave out names, passwords and questions',
    );
  return url.href.replace(/\/+$/, '');
}

/**
 * A language model behind an OpenAI-compatible API (llama-server, vLLM, Ollama), on this machine or elsewhere. Its weights cannot be looked
 * at, so what stands for their hash is the hash of the place and the name, and the build says so: nothing it answered can be repeated.
 * Never throws for anything that the server does, and never waits past the deadline.
 */
export function createRemoteInference({ baseUrl, model, key, offline }: RemoteSettings): Inference {
  const base = checkedBaseUrl(baseUrl);
  const name = `remote ${model} at ${new URL(base).host}`;
  const hash = createHash('sha256').update(`remote|${base}|${model}`).digest('hex') as Hash;
  const open = new Set<AbortController>();
  let disposed = false;

  async function send(request: InferenceRequest, control: AbortController): Promise<InferenceReply> {
    const startedAt = performance.now();
    const secret = key();
    const response = await fetch(`${base}/chat/completions`, {
      method: 'POST',
      // A redirect could carry the key to another place.
      redirect: 'error',
      signal: control.signal,
      headers: {
        'content-type': 'application/json',
        ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
      },
      body: JSON.stringify({
        model,
        messages: [
          { role: 'system', content: request.system },
          { role: 'user', content: request.user },
        ],
        seed: request.seed,
        temperature: request.temperature,
        max_tokens: request.maxTokens,
        stream: false,
        response_format: { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: request.schema } },
      }),
    });
    if (!response.ok) return failed(`the server answered ${response.status}`);
    const body = await readBounded(response);
    if (body === undefined) return failed(`the server sent more than ${LONGEST_BODY / 1024} KB`);
    const parsed = completion.safeParse(jsonOrUndefined(body));
    const text = parsed.data?.choices[0]?.message.content;
    if (text === undefined) return failed('the server sent something that is no completion');
    return {
      kind: 'answer',
      text,
      tokens: parsed.data?.usage?.completion_tokens ?? 0,
      elapsedMs: performance.now() - startedAt,
    };
  }

  return {
    status: (): ModelStatus =>
      offline()
        ? { kind: 'failed', name, why: OFFLINE }
        : { kind: 'ready', name, hash, build: 'remote, OpenAI-compatible, weights and build unknown' },
    async ask(request, deadlineMs, { onText, cancel }: AskOptions = {}) {
      if (disposed) return failed('the model was shut down');
      if (offline()) return failed(OFFLINE);
      if (cancel?.aborted === true) return failed(WITHDRAWN);
      const control = new AbortController();
      open.add(control);
      let why: InferenceReply | undefined;
      const end = (reply: InferenceReply): void => {
        why ??= reply;
        control.abort();
      };
      const timer = setTimeout(() => end({ kind: 'late', why: `no answer within ${deadlineMs} ms` }), deadlineMs);
      const onCancel = (): void => end(failed(WITHDRAWN));
      cancel?.addEventListener('abort', onCancel);
      try {
        const reply = await send(request, control);
        // Whole answers only: an answer that streams in pieces could be cut anywhere.
        if (reply.kind === 'answer') onText?.(reply.text);
        return why ?? reply;
      } catch (error) {
        // A key that is not stored any more.
        if (error instanceof Fault) return failed(error.message);
        return (
          why ?? failed(disposed ? 'the model was shut down' : 'the server cannot be reached or ended the connection')
        );
      } finally {
        clearTimeout(timer);
        cancel?.removeEventListener('abort', onCancel);
        open.delete(control);
      }
    },
    dispose() {
      disposed = true;
      for (const control of open) control.abort();
      return Promise.resolve();
    },
  };
}

const OFFLINE = 'the program is offline, and a remote model is not asked';
const WITHDRAWN = 'the question was withdrawn';
const failed = (why: string): InferenceReply => ({ kind: 'failed', why });

/** The body as text; undefined when it is larger than any answer. */
async function readBounded(response: Response): Promise<string | undefined> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const part of response.body) {
    const chunk = part as Uint8Array;
    bytes += chunk.byteLength;
    // Leaving the loop ends the connection.
    if (bytes > LONGEST_BODY) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
