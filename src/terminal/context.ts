import type { Output } from './output.ts';
import type { EnginePlace } from './own-engine.ts';
import { openSession, type Session } from './session.ts';

/** What every command is given. */
export type Context = {
  readonly output: Output;
  readonly home: string;
  readonly cwd: string;
  readonly place: EnginePlace;
  readonly verbose: boolean;
  /** Calls the listener on SIGINT, SIGTERM and SIGHUP. Returns the undo. */
  readonly onInterrupt: (listener: () => void) => () => void;
};

/** A command ends with its exit code. */
export type Run<Args> = (args: Args, context: Context) => Promise<number>;

/** Lends an engine to `work` and closes it, whatever happens. */
export async function withSession(
  { home, place, verbose }: Context,
  scope: 'view' | 'trade',
  work: (session: Session) => Promise<number>,
): Promise<number> {
  const session = await openSession({ home, place, verbose, scope });
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
