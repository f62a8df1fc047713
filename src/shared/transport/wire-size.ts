/** Upper bounds of one frame, in bytes: JSON text as UTF-8, and chart columns as raw doubles. */
export type WireCap = { readonly json: number; readonly columns: number };

const KIB = 1024;
export const REQUEST_CAP: WireCap = { json: 64 * KIB, columns: 0 };
export const REPLY_CAP: WireCap = { json: 1024 * KIB, columns: 8 * 1024 * KIB };

/** Deeper than any view of ours; keeps recursive walkers (this one, zod) away from the stack limit and stops cycles. */
const MAX_DEPTH = 32;

export type WireSize =
  | { readonly fits: true; readonly json: number; readonly columns: number }
  | { readonly fits: false; readonly why: 'too_large' | 'unsupported' };

const UNSUPPORTED: WireSize = { fits: false, why: 'unsupported' };
const TOO_LARGE: WireSize = { fits: false, why: 'too_large' };

/** Bytes of a string as JSON in UTF-8, quotes included; stops counting beyond `limit`. */
export const jsonStringBytes = (text: string, limit: number): number => {
  let bytes = 2;
  for (let i = 0; i < text.length && bytes <= limit; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22 || unit === 0x5c) bytes += 2;
    else if (unit < 0x20) bytes += unit === 8 || unit === 9 || unit === 10 || unit === 12 || unit === 13 ? 2 : 6;
    else if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit < 0xd800 || unit > 0xdfff) bytes += 3;
    else {
      const next = text.charCodeAt(i + 1);
      if (unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) {
        bytes += 4;
        i += 1;
      } else bytes += 6; // a lone surrogate is written as an escape
    }
  }
  return bytes;
};

/** Plain in any realm: the object's prototype is absent or is the end of its chain. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === 'object' && Object.getPrototypeOf(prototype) === null);
};

/**
 * How much a value weighs as JSON, without writing it. Structured-clone transports have no text to measure, yet must keep the
 * same caps as the socket; and they would carry maps, dates, bigints and cycles, which JSON cannot: those are `unsupported`.
 */
export const wireSize = (value: unknown, cap: WireCap): WireSize => {
  let json = 0;
  let columns = 0;

  const walk = (item: unknown, depth: number): WireSize | undefined => {
    if (json > cap.json || columns > cap.columns) return TOO_LARGE;
    if (item === null) json += 4;
    else if (typeof item === 'string') json += jsonStringBytes(item, cap.json - json);
    else if (typeof item === 'number') json += Number.isFinite(item) ? String(item).length : 4;
    else if (typeof item === 'boolean') json += item ? 4 : 5;
    else if (item === undefined) json += 4;
    else if (typeof item !== 'object' || depth > MAX_DEPTH) return UNSUPPORTED;
    else if (item instanceof Float64Array) {
      // A clone copies the whole buffer behind a view, so the buffer is what counts.
      columns += item.buffer.byteLength;
      json += 2;
    } else return Array.isArray(item) ? walkArray(item, depth) : walkObject(item, depth);
    return undefined;
  };

  const walkArray = (items: readonly unknown[], depth: number): WireSize | undefined => {
    // A sparse array of huge length weighs nothing in memory but a comma for each hole in JSON.
    json += 2 + Math.max(0, items.length - 1);
    if (json > cap.json) return TOO_LARGE;
    for (const item of items) {
      const refusal = walk(item, depth + 1);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };

  const walkObject = (item: object, depth: number): WireSize | undefined => {
    if (!isPlain(item)) return UNSUPPORTED;
    json += 2;
    let fields = 0;
    for (const [key, field] of Object.entries(item)) {
      if (field === undefined) continue; // JSON leaves it out
      json += jsonStringBytes(key, cap.json - json) + 1 + (fields === 0 ? 0 : 1);
      fields += 1;
      const refusal = walk(field, depth + 1);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  };

  const refusal = walk(value, 0);
  if (refusal !== undefined) return refusal;
  return json > cap.json || columns > cap.columns ? TOO_LARGE : { fits: true, json, columns };
};
