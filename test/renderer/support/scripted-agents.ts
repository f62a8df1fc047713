import type { AgentView } from '#shared/contract/agents.ts';
import type { AppHandlers } from '#shared/contract/app-contract.ts';
import type { CycleView } from '#shared/contract/cycle.ts';
import type { FactsView, ReceiptView } from '#shared/contract/receipts.ts';
import { assessment, runIdOf, spec } from './sample-cycle.ts';
import { INTERVAL_MS, NOW } from './sample-market.ts';

type Handlers = Pick<
  AppHandlers,
  | 'agents.prompt'
  | 'agents.log'
  | 'agents.retire'
  | 'agents.release'
  | 'receipts.facts'
  | 'receipts.get'
  | 'receipts.replay'
  | 'receipts.why'
>;

type Hooks = {
  readonly agents: () => readonly AgentView[];
  readonly view: (agent: AgentView) => CycleView | null | undefined;
  readonly missing: (message?: string) => never;
};

const hash = (letter: string): string => letter.repeat(64);
/** The one run of which a model was asked. */
export const ASKED_CYCLE = 5;

const facts = (cycle: number): FactsView => ({
  cycle,
  runId: runIdOf(cycle),
  environment: 'simulated',
  instrument: 'BTC/USDT',
  interval: '1h',
  marketSource: 'simulated market, seed 42',
  asOf: NOW,
  candles: 500,
  firstOpen: NOW - 500 * INTERVAL_MS['1h'],
  lastClose: NOW,
  gaps: 0,
  dataAgeMs: 400,
  snapshotHash: hash('5'),
  contextHash: hash('6'),
  recordSeq: 24,
  recordHash: hash('7'),
  facts: [
    ...assessment.evidence.map((fact) => ({ ...fact, cited: true })),
    { id: 'F31', name: 'volume24h', label: 'Volume over 24 hours', value: 812.4, unit: 'count', cited: false },
  ],
  patterns: [],
  asked: cycle === ASKED_CYCLE,
});

const model = {
  name: 'Qwen-4B-Instruct',
  hash: hash('8'),
  build: 'llama.cpp b6500',
  threads: 2,
  contextSize: 4096,
  batchSize: 512,
  chatFormat: 'chatml',
  canary: 'identical',
};
const ANSWER = '{"regime":"ranging","bias":"long","confidence":0.66,"evidence":["F4","F7"]}';

const receipt = (cycle: number): ReceiptView => ({
  cycle,
  runId: runIdOf(cycle),
  snapshotHash: hash('5'),
  contextHash: hash('6'),
  promptVersion: 'analyst-3',
  question: {
    system: 'You judge a market by facts alone.',
    user: 'F4 ADX(14) 14.3\nF7 Bollinger width 0.22',
    schema: '{}',
    maxTokens: 200,
  },
  model,
  cutoff: 'unknown',
  masked: false,
  samples: [{ seed: 7, temperature: 0, outcome: 'answer', text: ANSWER, tokenIds: [1, 2, 3] }],
});

/** Which agents are paused, as an engine would tell it. */
export function scriptedPauses() {
  const held = new Map<string, NonNullable<AgentView['paused']>>();
  const shown = (agent: AgentView): AgentView => ({ ...agent, paused: held.get(agent.agentId) ?? agent.paused });
  return {
    shown,
    handlers: (find: (named: string) => AgentView): Pick<AppHandlers, 'agents.pause' | 'agents.resume'> => ({
      'agents.pause': ({ agent, reason }) => {
        held.set(agent, { at: NOW, why: reason, by: 'window' });
        return shown(find(agent));
      },
      'agents.resume': ({ agent }) => {
        held.delete(agent);
        return find(agent);
      },
    }),
  };
}

/** Agents and their evidence as an engine would tell them. */
export function scriptedAgents({ agents, view, missing }: Hooks): Handlers {
  const find = (named: string): AgentView =>
    agents().find(({ agentId, cycle }) => agentId === named || String(cycle) === named) ??
    missing(`there is no agent ${named}`);
  const told = (agent: AgentView) => ({ agentId: agent.agentId, cycle: agent.cycle, runId: agent.runId });
  return {
    'agents.prompt': ({ agent: named }) => {
      const agent = find(named);
      const earlier = agents().find(({ cycle }) => cycle < agent.cycle);
      const { instructions, promptParts } = spec(agent.cycle);
      return {
        agent,
        parts: promptParts.map((part, index) => ({ ...part, current: index !== 1 })),
        instructions,
        template: [
          { kind: 'removed', text: 'You trade {{instrument}} on closed candles of {{interval}}.' },
          { kind: 'added', text: 'You trade BTC/USDT on closed candles of one hour, in a ranging market.' },
          { kind: 'same', text: '' },
          { kind: 'same', text: 'Never add to a position. Never sell short. When nothing fits, hold and say why.' },
        ],
        previous:
          earlier === undefined
            ? null
            : {
                agentId: earlier.agentId,
                cycle: earlier.cycle,
                relation: 'same instrument',
                lines: [
                  { kind: 'same', text: 'Never add to a position.' },
                  { kind: 'added', text: 'Risk is halved: the last one in a market like this lost.' },
                ],
              },
      };
    },
    'agents.log': ({ agent: named, offset }) => {
      const agent = find(named);
      const decisions = view(agent)?.decisions ?? [];
      return { agent, total: decisions.length, offset, decisions: decisions.slice(offset), next: null };
    },
    'agents.retire': ({ agent }) => told(find(agent)),
    'agents.release': ({ agent }) => told(find(agent)),
    'receipts.facts': ({ run }) => facts(Number(run)),
    'receipts.get': ({ run }) => receipt(Number(run)),
    'receipts.replay': ({ run }) => ({
      cycle: Number(run),
      runId: runIdOf(Number(run)),
      verdict: 'differs',
      cause: 'evaluation',
      recordedModel: model,
      model: { ...model, threads: 4 },
      samples: [
        {
          seed: 7,
          temperature: 0,
          verdict: 'differs',
          unit: 'token',
          length: 31,
          recorded: ANSWER,
          again: ANSWER.replace('0.66', '0.61'),
          difference: { unit: 'token', at: 17, recorded: 21, again: 16 },
          cause: 'evaluation',
          changed: [{ cause: 'evaluation', what: 'threads: 2, now 4' }],
        },
      ],
      today: [],
    }),
    'receipts.why': () => missing(),
  };
}
