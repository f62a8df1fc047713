/**
 * The recovery code: 256 random bits that open a vault when the passphrase or the keychain is lost. Written for paper: 14 groups of four
 * out of Crockford's alphabet, which has no I, L, O or U, the last five characters holding a checksum, so that a slip of the pen is told
 * before anything is tried. The face that shows it makes it from `crypto`'s random bytes and hands it in; the engine never gives one out.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Read as what they look like. */
const LOOKALIKES: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' };
export const RECOVERY_BYTES = 32;
const CHECK_BYTES = 3;
const CHARACTERS = ((RECOVERY_BYTES + CHECK_BYTES) * 8) / 5;
const GROUP = 4;

export type RecoveryReading =
  | { readonly kind: 'ok'; readonly bytes: Uint8Array }
  | { readonly kind: 'wrong'; readonly why: string };

/** 32 random bytes as text. Throws RangeError for any other number of bytes. */
export function writeRecoveryCode(bytes: Uint8Array): string {
  if (bytes.length !== RECOVERY_BYTES) throw new RangeError(`a recovery code has ${RECOVERY_BYTES} bytes`);
  const check = crc24(bytes);
  const all = [...bytes, check >>> 16, (check >>> 8) & 0xff, check & 0xff];
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of all) {
    held = (held << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET.charAt((held >>> (bits - 5)) & 31);
    held &= (1 << bits) - 1;
  }
  return (text.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');
}

/** Takes it as people type it: any case, any spacing, O for 0 and I or L for 1. */
export function readRecoveryCode(text: string): RecoveryReading {
  const typed = Array.from(text.toUpperCase().replaceAll(/[\s-]/g, ''), (sign) => LOOKALIKES[sign] ?? sign);
  const strange = typed.find((sign) => !ALPHABET.includes(sign));
  if (strange !== undefined) return { kind: 'wrong', why: 'it holds a character that no recovery code has' };
  if (typed.length !== CHARACTERS) {
    return { kind: 'wrong', why: `it has ${typed.length} characters; a recovery code has ${CHARACTERS}` };
  }
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const sign of typed) {
    held = (held << 5) | ALPHABET.indexOf(sign);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >>> bits) & 0xff);
    held &= (1 << bits) - 1;
  }
  const code = Uint8Array.from(bytes.slice(0, RECOVERY_BYTES));
  const [high = 0, middle = 0, low = 0] = bytes.slice(RECOVERY_BYTES);
  if (((high << 16) | (middle << 8) | low) !== crc24(code)) {
    return { kind: 'wrong', why: 'its checksum does not fit: a character is wrong or two are swapped' };
  }
  return { kind: 'ok', bytes: code };
}

/** CRC-24 of RFC 9580 (OpenPGP): sees every single wrong character, every swap of neighbours, and all but one in 16 million of the rest. */
function crc24(bytes: Uint8Array): number {
  let crc = 0xb704ce;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= 0x1864cfb;
    }
  }
  return crc & 0xffffff;
}
