import { Fault, type FaultCode } from '#core/kernel/fault.ts';
import { ContractError } from '#shared/contract/errors.ts';

export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  locked: 3,
  refused: 4,
  approval: 5,
  offline: 6,
  killed: 7,
} as const;

const EXIT_OF_FAULT: Readonly<Record<FaultCode, number>> = {
  usage: EXIT.usage,
  not_found: EXIT.usage,
  bad_data: EXIT.usage,
  bad_model: EXIT.usage,
  unsupported: EXIT.usage,
  locked: EXIT.locked,
  step_up: EXIT.locked,
  engine_running: EXIT.locked,
  refused: EXIT.refused,
  halted: EXIT.refused,
  unreachable: EXIT.offline,
  storage: EXIT.failed,
};

/** What went wrong, ready to be said. */
export type Failure = {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly exitCode: number;
};

const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(EXIT_OF_FAULT, code);
export const SEE_LOG = 'run it again with --verbose to see the log; if it stays, please report it';

function ofContract(error: ContractError): Failure {
  const { code, reason, message, remedy } = error;
  if (code === 'rejected' && reason !== undefined && isFaultCode(reason)) {
    return { code: reason, message, remedy: remedy ?? SEE_LOG, exitCode: EXIT_OF_FAULT[reason] };
  }
  const failure = (fallback: string, exitCode: number): Failure => ({
    code,
    message,
    remedy: remedy ?? fallback,
    exitCode,
  });
  switch (code) {
    case 'bad_request':
      return failure('see mt help', EXIT.usage);
    case 'disconnected':
    case 'timeout':
    case 'contract_mismatch':
      return failure('check that the engine still runs (mt status), then try again', EXIT.offline);
    case 'rejected':
    case 'forbidden':
    case 'unknown_call':
    case 'internal':
      return failure(SEE_LOG, EXIT.failed);
  }
}

/** Any error as something a person can act on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Fault) {
    const { code, message, remedy } = error;
    return { code, message, remedy, exitCode: EXIT_OF_FAULT[code] };
  }
  if (error instanceof ContractError) return ofContract(error);
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `something broke that should not: ${message}`,
    remedy: SEE_LOG,
    exitCode: EXIT.failed,
  };
}
