/**
 * Packages of plain JavaScript that every start reads: as part of the bundle they are a few files instead of three hundred, without the parts that
 * nobody calls (the fifty languages of zod).
 */
export const BUNDLED: readonly string[] = ['zod', 'feedsmith', 'htmlparser2', 'otpauth'];
