import { readLiveEngine } from '#host/engine-file.ts';
import { type Context, withSession } from '../context.ts';
import { openSession, type Session } from '../session.ts';
import { runConsole } from './run-console.tsx';

/** `mt` alone: the console on the running engine, or on one that it hosts for as long as it is shown, with a door for other terminals. */
export async function openConsole(context: Context): Promise<number> {
  const streams = { stdin: process.stdin, stdout: process.stdout };
  if ((await readLiveEngine(context.home)) !== undefined)
    return withSession(context, 'trade', (session) => runConsole(context, session, streams));
  return withOwnEngine(context, (session) => runConsole(context, session, streams));
}

async function withOwnEngine(context: Context, work: (session: Session) => Promise<number>): Promise<number> {
  const { home, place, verbose } = context;
  const session = await openSession({ home, place, verbose, scope: 'trade', pace: 'realtime' });
  try {
    const lent: Context = { ...context, lent: async () => session };
    return await withSession(lent, 'trade', work);
  } finally {
    await session.close();
  }
}
