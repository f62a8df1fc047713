import { asciiText } from './runtime.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const CODES = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const PAD = 0x3d;
const INVALID = 255;
const VALUES = new Uint8Array(256).fill(INVALID);
CODES.forEach((code, value) => {
  VALUES[code] = value;
});

/** RFC 4648 section 4, with padding. Own code because Node's Buffer and the browser's btoa are not both everywhere. */
export const toBase64 = (bytes: Uint8Array): string => {
  const text = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let out = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text[out] = CODES[group >>> 18] ?? PAD;
    text[out + 1] = CODES[(group >>> 12) & 63] ?? PAD;
    text[out + 2] = left > 1 ? (CODES[(group >>> 6) & 63] ?? PAD) : PAD;
    text[out + 3] = left > 2 ? (CODES[group & 63] ?? PAD) : PAD;
    out += 4;
  }
  return asciiText(text);
};

/** The bytes, or undefined for anything that is not canonical padded base64. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  if (text.length % 4 !== 0) return undefined;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  const letters = text.length - padding;
  let out = 0;
  for (let i = 0; i < text.length; i += 4) {
    let group = 0;
    for (let j = i; j < i + 4; j += 1) {
      const code = text.charCodeAt(j);
      const value = j >= letters ? 0 : code < 256 ? (VALUES[code] ?? INVALID) : INVALID;
      if (value === INVALID) return undefined;
      group = (group << 6) | value;
    }
    // Typed arrays ignore writes beyond their end: the padded tail writes only what exists.
    bytes[out] = group >>> 16;
    bytes[out + 1] = (group >>> 8) & 255;
    bytes[out + 2] = group & 255;
    out += 3;
  }
  return bytes;
};
