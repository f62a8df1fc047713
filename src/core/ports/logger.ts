/** Diagnostics for the owner's machine. Never secrets, never a stack over the contract. */
export interface Logger {
  info(message: string, detail?: Readonly<Record<string, unknown>>): void;
  warn(message: string, detail?: Readonly<Record<string, unknown>>): void;
  error(message: string, error?: unknown): void;
  /** From now on this text is never written, wherever it turns up. */
  hide(secret: string): void;
}
