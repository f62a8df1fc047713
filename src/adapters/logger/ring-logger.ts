import type { Logger } from '#core/ports/logger.ts';
import { createRedactor } from './redact.ts';

export type LogLine = {
  readonly ts: number;
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly detail?: unknown;
};

export type RingLogger = Logger & {
  /** The newest lines, oldest first. */
  recent(): readonly LogLine[];
};

export type RingLoggerOptions = {
  /** Also writes each line to stderr. Standard output stays free for answers. */
  readonly verbose: boolean;
  /** Lines kept in memory. Default 500. */
  readonly capacity?: number;
  readonly now?: () => number;
  readonly write?: (text: string) => void;
};

/**
 * Keeps the newest lines in memory and writes no file: nothing readable may reach the disk. Secrets are redacted on the way in, so that
 * neither the ring nor stderr ever holds one. Stacks go to stderr only.
 */
export function createRingLogger(options: RingLoggerOptions): RingLogger {
  const { verbose, capacity = 500, now = Date.now, write = (text) => void process.stderr.write(text) } = options;
  const lines: LogLine[] = [];
  const redactor = createRedactor();
  const add = (level: LogLine['level'], message: string, detail: unknown, stack?: string): void => {
    const clean = detail === undefined ? undefined : redactor.redact(detail);
    const said = redactor.text(message);
    const line: LogLine = { ts: now(), level, message: said, ...(clean === undefined ? {} : { detail: clean }) };
    lines.push(line);
    if (lines.length > capacity) lines.shift();
    if (!verbose) return;
    const tail = clean === undefined ? '' : ` ${JSON.stringify(clean)}`;
    write(
      `${new Date(line.ts).toISOString()} ${level} ${said}${tail}\n${stack === undefined ? '' : `${redactor.text(stack)}\n`}`,
    );
  };
  return {
    info: (message, detail) => add('info', message, detail),
    warn: (message, detail) => add('warn', message, detail),
    error: (message, error) => add('error', message, error, error instanceof Error ? error.stack : undefined),
    hide: (secret) => redactor.hide(secret),
    recent: () => [...lines],
  };
}
