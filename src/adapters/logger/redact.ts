const SECRET_KEY =
  /key|secret|token|pass(word|phrase|wd)|mnemonic|seed.?phrase|recovery|authorization|cookie|credential|signature/i;
/** Names that hold such a word and are no secret. */
const HARMLESS_KEY = /^(key(s|Count|Name|Id)?|fingerprint|tokens|tokenCount|maxTokens)$/;
const REDACTED = '[redacted]';
const MAX_DEPTH = 6;
const MAX_TEXT = 2000;

/** What a secret looks like inside a text: `apiKey=...` of an address, `"secret":"..."` of a body, a header, a recovery code. */
const IN_TEXT: readonly (readonly [RegExp, string])[] = [
  [
    /((?:api[-_]?key|secret|signature|pass(?:word|phrase|wd)|token|authorization|recovery[-_]?code)["']?\s*[=:]\s*["']?(?:bearer\s+|basic\s+)?)[^\s"'&,;}]+/gi,
    `$1${REDACTED}`,
  ],
  [/\b(?:[0-9A-HJKMNP-TV-Z]{4}[- ]){13}[0-9A-HJKMNP-TV-Z]{4}\b/gi, REDACTED],
];

export type Redactor = {
  /** A copy fit for a log: secrets replaced, bytes never shown, depth and length bounded, cycles cut. */
  redact(value: unknown): unknown;
  /** A text without what looks like a secret and without what is known to be one. */
  text(text: string): string;
  /** Learns a secret by its value, which then is replaced whatever name it comes under. Short ones are not: they would hide ordinary words. */
  hide(secret: string): void;
};

const LEAST_HIDDEN = 6;

export function createRedactor(): Redactor {
  const hidden = new Set<string>();
  const text = (given: string): string => {
    let clean = given;
    // Longest first: one secret may begin with another.
    for (const secret of hidden) clean = clean.replaceAll(secret, REDACTED);
    for (const [pattern, instead] of IN_TEXT) clean = clean.replaceAll(pattern, instead);
    return clean.length > MAX_TEXT ? `${clean.slice(0, MAX_TEXT)}... (${clean.length} characters)` : clean;
  };
  const redact = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'bigint') return value.toString();
    if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
    if (typeof value !== 'object' || value === null) return value;
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (depth >= MAX_DEPTH) return '[deeper]';
    if (value instanceof Error) return { error: value.name, message: text(value.message) };
    if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [text(key), isSecretKey(key) ? REDACTED : redact(item, depth + 1)]),
    );
  };
  return {
    redact: (value) => redact(value, 0),
    text,
    hide(secret) {
      if (secret.length < LEAST_HIDDEN) return;
      // As it stands, and as an address or a header carries it.
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')]) hidden.add(form);
      const longestFirst = Array.from(hidden).sort((one, other) => other.length - one.length);
      hidden.clear();
      for (const form of longestFirst) hidden.add(form);
    },
  };
}

const isSecretKey = (key: string): boolean => SECRET_KEY.test(key) && !HARMLESS_KEY.test(key);
