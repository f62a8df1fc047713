import { z } from 'zod';
import { call } from './define.ts';
import { nothing, shortText } from './primitives.ts';

const size = { columns: z.int().min(20).max(500), rows: z.int().min(4).max(300) };
/** A terminal is known to whoever opened it alone: its name cannot be guessed. */
const which = { id: z.string().regex(/^[0-9a-f]{32}$/) };

/** A read waits this long for something to be drawn; the client waits a little longer for its answer. */
export const READ_WAIT_MS = 20_000;
const READ_TIMEOUT_MS = 30_000;
const MOST_INPUT = 8_192;

/** The console of `mt` in a process of its own, for a window that draws it. It has the rights of this connection and no shell. */
export const terminalContract = {
  'terminal.open': call(
    'admin',
    z.strictObject({
      ...size,
      /** Sentences in place of panels. */
      screenReader: z.boolean().default(false),
    }),
    z.strictObject(which),
  ),
  /** What was drawn since the last read; waits for it. `ended` says why nothing more will come. */
  'terminal.read': call(
    'admin',
    z.strictObject(which),
    z.strictObject({ data: z.string(), ended: shortText.nullable() }),
    READ_TIMEOUT_MS,
  ),
  'terminal.write': call('admin', z.strictObject({ ...which, data: z.string().min(1).max(MOST_INPUT) }), nothing),
  'terminal.resize': call('admin', z.strictObject({ ...which, ...size }), nothing),
  'terminal.close': call('admin', z.strictObject(which), nothing),
} as const;
