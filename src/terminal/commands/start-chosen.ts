import type { Context } from '../context.ts';
import { EXIT } from '../failure.ts';
import type { Session } from '../session.ts';
import { draftLines } from '../text/draft-lines.ts';
import { BLANK } from '../text/line.ts';
import { followCycle, type SpawnRequest } from './follow-cycle.ts';

type ChosenRequest = SpawnRequest & { readonly chosen: NonNullable<SpawnRequest['chosen']> };

/** Shows the brief of an agent that was chosen, then starts it, unless the brief alone was asked for. */
export async function startChosen(
  session: Pick<Session, 'client' | 'attached'>,
  request: ChosenRequest,
  briefAlone: boolean,
  context: Context,
): Promise<number> {
  const { instrument, interval, market, cash, seed, at, chosen } = request;
  const on = { instrument, interval, market, cash, seed, at };
  const asked = Object.fromEntries(Object.entries(on).filter(([, value]) => value !== undefined));
  const draft = await session.client.invoke('agents.draft', { ...asked, chosen });
  context.output.lines([...draftLines(draft), BLANK]);
  if (!briefAlone) return followCycle(session, request, true, context);
  context.output.answer(draft);
  return EXIT.ok;
}
