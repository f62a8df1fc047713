import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { chosenAfter } from './chosen-agent.ts';
import { marketRequest } from './market-request.ts';
import { startChosen } from './start-chosen.ts';

/** Starts an agent after an earlier one. */
export const runAgentClone: Run<ArgsOf<'agents.clone'>> = (args, context) =>
  withSession(context, 'trade', async (session) => {
    const { agent } = await session.client.invoke('agents.prompt', { agent: args.run });
    const { venue, url, paper, shadow, live } = args;
    const on = { instrument: args.on ?? agent.instrument, interval: args.interval ?? agent.interval };
    const request = {
      ...marketRequest({ venue, url, paper, shadow, live, ...on, imported: false, masked: false }, context.cwd),
      chosen: chosenAfter(agent.agentId, args),
    };
    return startChosen(session, request, args.brief, context);
  });
