import { Fault } from '#core/kernel/fault.ts';
import type { AppClient, AppContract } from '#shared/contract/app-contract.ts';
import type { ApprovalList, ApprovalView } from '#shared/contract/automation.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { CallRequest } from '#shared/contract/define.ts';
import type { Context } from '../context.ts';
import { EXIT, SEE_LOG } from '../failure.ts';
import type { Output } from '../output.ts';
import type { Session } from '../session.ts';
import { briefLines } from '../text/approval-lines.ts';
import { reportAfterStages } from '../text/cycle-report.ts';
import { BLANK } from '../text/line.ts';
import { createNarrator } from './narrator.ts';

export type SpawnRequest = CallRequest<AppContract, 'cycle.start'>;

/** Starts a cycle, or joins the one that the same press has begun. Throws Fault `refused` when an account at live prices is in use. */
export async function startCycle(
  client: AppClient,
  request: SpawnRequest,
): Promise<{ readonly cycle: number; readonly joined: boolean }> {
  const { cycle, alreadyRunning } = await client.invoke('cycle.start', request);
  if (alreadyRunning && request.market?.kind === 'venue') {
    throw new Fault(
      'refused',
      `cycle ${cycle} is running on that account, and at live prices there are never two on one`,
      'wait until it ends (mt status), then try again',
    );
  }
  return { cycle, joined: alreadyRunning };
}

/** How a finished cycle ends the command. "No trade" is an answer; being stopped is none. */
export function exitCodeOf(view: CycleView): number {
  if (view.state === 'completed') return EXIT.ok;
  const why = view.result?.reason ?? view.error ?? '';
  return view.state === 'interrupted' && why.startsWith('killed') ? EXIT.killed : EXIT.failed;
}

/** A cycle that broke is said on standard error too: a script that keeps the answer apart must not miss it. */
export function tellFailure(view: CycleView, output: Output): void {
  if (view.state !== 'failed') return;
  output.note(`mt: cycle ${view.cycle} failed: ${view.error ?? 'the engine gave no reason'}`);
  output.note(`  Remedy: ${SEE_LOG}`);
}

const ANSWERED_FIRST = [
  'runId',
  'assessment',
  'agentSpec',
  'orders',
  'fills',
  'result',
  'fees',
  'lesson',
  'journalHead',
  'timings',
] as const satisfies readonly (keyof CycleView)[];

/** The answer of `--json`: the whole view, with what a script looks for in front. */
export const spawnAnswer = (view: CycleView): CycleView => ({
  ...Object.fromEntries(ANSWERED_FIRST.map((key) => [key, view[key]])),
  ...view,
});

/** Starts a cycle and follows it to its end, or to where it waits for the master. */
export async function followCycle(
  { client, attached }: Pick<Session, 'client' | 'attached'>,
  request: SpawnRequest,
  yes: boolean,
  { output, onInterrupt }: Context,
): Promise<number> {
  const narrate = createNarrator(output);
  let mine: number | undefined;
  const undoNews = client.on('cycle.changed', (view) => {
    if (view.cycle === mine) narrate(view);
  });
  const undoInterrupt = onInterrupt(() => {
    output.note('Stopping: what is held is closed first.');
    void client
      .invoke('cycle.cancel', { reason: 'stopped from the terminal', ...(mine === undefined ? {} : { cycle: mine }) })
      .catch(() => undefined);
  });
  try {
    const { cycle, joined } = await startCycle(client, request);
    if (joined) output.note(`Cycle ${cycle} is running already; following it.`);
    mine = cycle;
    const asked = await askedOrOver(client, cycle);
    if (asked !== undefined && !yes) {
      mine = undefined;
      await leaveAsked(asked, { client, attached }, output);
      return EXIT.approval;
    }
    if (asked !== undefined) await client.invoke('approvals.approve', { id: asked.id, by: 'terminal' });
    const view = await client.invoke('cycle.wait', { cycle });
    mine = undefined;
    narrate(view);
    output.lines(reportAfterStages(view));
    output.answer(spawnAnswer(view));
    tellFailure(view, output);
    return exitCodeOf(view);
  } finally {
    undoInterrupt();
    undoNews();
  }
}

/** The brief of a cycle that waits for the master; undefined when the cycle is past it, or over, without one. */
async function askedOrOver(client: AppClient, cycle: number): Promise<ApprovalView | undefined> {
  const { mode } = await client.invoke('mode.get', {});
  if (mode !== 'semi') return undefined;
  return new Promise((resolve, reject) => {
    const undo: (() => void)[] = [];
    const end = (asked: ApprovalView | undefined): void => {
      for (const step of undo) step();
      resolve(asked);
    };
    const look = ({ pending }: Pick<ApprovalList, 'pending'>): void => {
      const asked = pending.find((one) => one.cycle === cycle);
      if (asked !== undefined) end(asked);
    };
    // An agent that is there already was approved, or spawned before the mode was lowered.
    const past = (view: CycleView | null): void => {
      if (view !== null && view.cycle === cycle && (view.state !== 'running' || view.agentId !== null)) end(undefined);
    };
    undo.push(client.on('approvals.changed', look), client.on('cycle.changed', past));
    client.invoke('approvals.list', {}).then(look, reject);
    client.invoke('cycle.get', { cycle }).then(past, reject);
  });
}

/** Says what waits. An engine of our own ends with this command, and what waits in it too. */
async function leaveAsked(
  asked: ApprovalView,
  { client, attached }: Pick<Session, 'client' | 'attached'>,
  output: Output,
): Promise<void> {
  output.lines([BLANK, ...briefLines(asked, Date.now())]);
  output.answer({ needsApproval: asked });
  if (attached) {
    output.note(
      `mt: ${asked.id} waits for the master: mt approve ${asked.id}, or mt reject ${asked.id} --reason "..."`,
    );
    return;
  }
  await client.invoke('cycle.cancel', { reason: 'nobody stays to approve it', cycle: asked.cycle });
  await client.invoke('cycle.wait', { cycle: asked.cycle });
  output.note('mt: no engine runs on this folder, so nothing waits there: give --yes, or start one first (mt up)');
}
