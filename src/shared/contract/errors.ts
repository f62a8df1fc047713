import { z } from 'zod';

export const errorCode = z.enum([
  'bad_request',
  'forbidden',
  'unknown_call',
  'rejected',
  'internal',
  'disconnected',
  'timeout',
  'contract_mismatch',
]);
export type ErrorCode = z.infer<typeof errorCode>;

/** What crosses the wire. `remedy` tells the master what to do; there is never a stack. */
export const wireError = z.strictObject({
  code: errorCode,
  /** For `rejected`: the engine's own code, such as `not_found` or `halted`. */
  reason: z.string().optional(),
  message: z.string(),
  remedy: z.string().optional(),
});
export type WireError = z.infer<typeof wireError>;

export class ContractError extends Error {
  readonly code: ErrorCode;
  readonly reason: string | undefined;
  readonly remedy: string | undefined;

  constructor(error: WireError) {
    super(error.message);
    this.name = 'ContractError';
    this.code = error.code;
    this.reason = error.reason;
    this.remedy = error.remedy;
  }
}
