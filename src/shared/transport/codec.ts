import { fromBase64, toBase64 } from './base64.ts';

/** Key that marks chart columns inside JSON: `{"$f64": "<base64 of little-endian doubles>"}`. No view may use it. */
const COLUMN_TAG = '$f64';
const DOUBLE_BYTES = 8;

const columnsToText = (columns: Float64Array): string => {
  const bytes = new Uint8Array(columns.length * DOUBLE_BYTES);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < columns.length; i += 1) view.setFloat64(i * DOUBLE_BYTES, columns[i] ?? Number.NaN, true);
  return toBase64(bytes);
};

const textToColumns = (text: string): Float64Array | undefined => {
  const bytes = fromBase64(text);
  if (bytes === undefined || bytes.length % DOUBLE_BYTES !== 0) return undefined;
  const view = new DataView(bytes.buffer);
  const columns = new Float64Array(bytes.length / DOUBLE_BYTES);
  for (let i = 0; i < columns.length; i += 1) columns[i] = view.getFloat64(i * DOUBLE_BYTES, true);
  return columns;
};

// What a replacer returns is not handed to it again, so only somebody's own data can arrive here with the tag; it must not pass
// for columns on the other side.
const pack = (_key: string, value: unknown): unknown => {
  if (value instanceof Float64Array) return { [COLUMN_TAG]: columnsToText(value) };
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, COLUMN_TAG)) {
    throw new TypeError(`a view may not have a field named ${COLUMN_TAG}`);
  }
  return value;
};

// A reviver defines properties instead of assigning them, so a `__proto__` key stays data and never becomes a prototype.
const unpack = (_key: string, value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, COLUMN_TAG)) return value;
  const text = (value as { readonly [COLUMN_TAG]: unknown })[COLUMN_TAG];
  const columns = typeof text === 'string' && Object.keys(value).length === 1 ? textToColumns(text) : undefined;
  if (columns === undefined) throw new TypeError('malformed columns');
  return columns;
};

/** A frame as JSON text. Throws for what JSON cannot carry (bigint, cycles, undefined). */
export const encodeFrame = (frame: unknown): string => {
  // For undefined, functions and symbols JSON has no text at all, whatever the library types say.
  const text: string | undefined = JSON.stringify(frame, pack);
  if (text === undefined) throw new TypeError('not a frame');
  return text;
};

/** The frame, or undefined for text that is no frame: bad JSON, bad columns, nesting beyond the stack. */
export const decodeFrame = (text: string): unknown => {
  try {
    return JSON.parse(text, unpack);
  } catch {
    return undefined;
  }
};
