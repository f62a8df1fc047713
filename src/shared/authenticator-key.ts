const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const KEY_LETTERS = 32;
const CODE_LETTERS = 10;
const CODES = 10;

/** Random bytes that a face needs for one enrolment: a letter of each, of which the lowest five bits count. */
export const ENROLMENT_BYTES = KEY_LETTERS + CODES * CODE_LETTERS;

const letters = (bytes: Uint8Array, alphabet: string): string =>
  Array.from(bytes, (byte) => alphabet.charAt(byte & 31)).join('');

/** Ten backup codes out of a hundred random bytes, for paper. Made by the face that shows them, as the recovery code is. */
const writeBackupCodes = (bytes: Uint8Array): string[] =>
  Array.from({ length: CODES }, (_, at) => {
    const code = letters(bytes.subarray(at * CODE_LETTERS, (at + 1) * CODE_LETTERS), CROCKFORD);
    return `${code.slice(0, CODE_LETTERS / 2)}-${code.slice(CODE_LETTERS / 2)}`;
  });

/** A key of 160 bits and ten backup codes. Throws RangeError for any other number of bytes. */
export function writeEnrolment(bytes: Uint8Array): { readonly secret: string; readonly backupCodes: string[] } {
  if (bytes.length !== ENROLMENT_BYTES) throw new RangeError(`an enrolment takes ${ENROLMENT_BYTES} bytes`);
  return {
    secret: letters(bytes.subarray(0, KEY_LETTERS), BASE32),
    backupCodes: writeBackupCodes(bytes.subarray(KEY_LETTERS)),
  };
}

/** What an authenticator app reads, as text or as a picture of it. */
export const otpauthUri = (secret: string): string =>
  `otpauth://totp/Master%20Trader?secret=${secret}&issuer=Master%20Trader&algorithm=SHA1&digits=6&period=30`;
