const SECRET_KEY =
  /key|secret|token|pass(word|phrase|wd)|mnemonic|seed.?phrase|authorization|cookie|credential|signature/i;
/** Names that hold such a word and are no secret. */
const HARMLESS_KEY = /^(key(s|Count|Name|Id)?|fingerprint|tokens|tokenCount|maxTokens)$/;
const REDACTED = '[redacted]';
const MAX_DEPTH = 6;
const MAX_TEXT = 2000;

/** A copy fit for a log: values under secret-sounding keys replaced, bytes never shown, depth and length bounded, cycles cut. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string')
    return value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}... (${value.length} characters)` : value;
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return { error: value.name, message: value.message };
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, isSecretKey(key) ? REDACTED : redact(item, depth + 1)]),
  );
}

const isSecretKey = (key: string): boolean => SECRET_KEY.test(key) && !HARMLESS_KEY.test(key);
