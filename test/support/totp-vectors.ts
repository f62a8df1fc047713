/** RFC 6238, appendix B: seconds since 1970, and the code of eight digits under SHA-1. */
export const TOTP_VECTORS = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const;

/** The seed of that appendix, `12345678901234567890`, in base 32. */
export const TOTP_VECTOR_SEED = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
