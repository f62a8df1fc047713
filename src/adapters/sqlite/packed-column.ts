/**
 * Columns of floats as bytes, little-endian. Prices are decimals of a few digits: as 32-bit whole numbers of 10^-d they take half the
 * room, and what the cipher must decrypt is what reading costs. A column that does not come back bit for bit is kept as it is.
 */

/** Code of a column of plain Float64. A code d + 1 means Int32 whole numbers of 10^-d. */
export const RAW = 0;

const MOST_DECIMALS = 12;
const LARGEST = 2 ** 31;
// Powers of ten up to 10^22 are exact floats.
const POWERS = Float64Array.from({ length: MOST_DECIMALS + 1 }, (_, exponent) => Number(`1e${exponent}`));
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const asBytes = (values: Float64Array | Int32Array): Buffer =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** Bytes of one value under a code; 0 for a code that nobody writes. */
export const widthOf = (code: number): number => (code === RAW ? 8 : code <= MOST_DECIMALS + 1 ? 4 : 0);

export function packColumn(values: Float64Array): { readonly code: number; readonly bytes: Buffer } {
  const decimals = decimalsOf(values);
  const whole = decimals === undefined ? undefined : asWhole(values, POWERS[decimals] as number);
  if (decimals === undefined || whole === undefined) {
    const bytes = Buffer.from(asBytes(values));
    return { code: RAW, bytes: LITTLE_ENDIAN ? bytes : bytes.swap64() };
  }
  const bytes = asBytes(whole);
  return { code: decimals + 1, bytes: LITTLE_ENDIAN ? bytes : bytes.swap32() };
}

/**
 * Writes the values into `into`, which must have room for exactly them. `scratch` has room for as many whole numbers at least: one for all
 * columns of a long read, which would leave megabytes to the collector otherwise.
 */
export function readPacked(code: number, data: Buffer, into: Float64Array, scratch: Int32Array): void {
  if (code === RAW) {
    const target = asBytes(into);
    data.copy(target);
    if (!LITTLE_ENDIAN) target.swap64();
    return;
  }
  // Copied, because the bytes of a blob need not begin where a number may.
  const whole = scratch.subarray(0, into.length);
  const target = asBytes(whole);
  data.copy(target);
  if (!LITTLE_ENDIAN) target.swap32();
  const power = POWERS[code - 1] as number;
  for (let i = 0; i < into.length; i++) into[i] = (whole[i] as number) / power;
}

/** Decimals that every value needs at least, undefined when there are too many. */
function decimalsOf(values: Float64Array): number | undefined {
  let decimals = 0;
  let power = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    while (Math.round(value * power) / power !== value) {
      decimals += 1;
      if (decimals > MOST_DECIMALS) return undefined;
      power = POWERS[decimals] as number;
    }
  }
  return decimals;
}

/** Undefined when a value does not fit or would come back with other bits (a negative zero, for one). */
function asWhole(values: Float64Array, power: number): Int32Array | undefined {
  const whole = new Int32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const scaled = Math.round(value * power);
    if (!(scaled < LARGEST && scaled >= -LARGEST) || scaled / power !== value || Object.is(scaled, -0))
      return undefined;
    whole[i] = scaled;
  }
  return whole;
}
