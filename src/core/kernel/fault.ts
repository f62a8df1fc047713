/**
 * An error the master can act on: names the thing and the remedy. Everything that refuses input throws this class; any other
 * exception is a bug.
 */
export type FaultCode =
  | 'usage'
  | 'not_found'
  | 'bad_data'
  | 'bad_model'
  | 'locked'
  | 'step_up'
  | 'storage'
  | 'engine_running'
  | 'refused'
  | 'halted'
  | 'unreachable'
  | 'unsupported';

export class Fault extends Error {
  readonly code: FaultCode;
  readonly remedy: string;

  constructor(code: FaultCode, message: string, remedy: string) {
    super(message);
    this.name = 'Fault';
    this.code = code;
    this.remedy = remedy;
  }
}
