import { z } from 'zod';
import { agentDraft, agentText, agentView, agentWhy } from '../contract/agents.ts';
import { appContract } from '../contract/app-contract.ts';
import { approvalView } from '../contract/automation.ts';
import { cycleView } from '../contract/cycle.ts';
import { engineStatus } from '../contract/engine.ts';
import { killPreview, killReport } from '../contract/kill.ts';
import { accessCommands } from './access-commands.ts';
import { accountCommands } from './account-commands.ts';
import { agentCommands } from './agent-commands.ts';
import { alertCommands } from './alert-commands.ts';
import { apiCommands } from './api-commands.ts';
import { arbitrageCommands } from './arbitrage-commands.ts';
import { askingArgs } from './asking-args.ts';
import { auditCommands } from './audit-commands.ts';
import { automationCommands, levelCommands } from './automation-commands.ts';
import { backupCommands } from './backup-commands.ts';
import { candleArgs } from './candle-args.ts';
import { chosenArgs, familyArg } from './chosen-args.ts';
import { type Command, command } from './command.ts';
import { configCommands } from './config-commands.ts';
import { dataCommands } from './data-commands.ts';
import { evolutionCommands } from './evolution-commands.ts';
import { familyStudyCommands } from './family-study-commands.ts';
import {
  amountArg,
  FORM,
  feeArg,
  flag,
  instrumentArg,
  intervalArg,
  momentArg,
  option,
  pathArg,
  portArg,
  positional,
  reasonArg,
  seedArg,
  words,
} from './fields.ts';
import { healthCommands } from './health-commands.ts';
import { labCommands } from './lab-commands.ts';
import { limitCommands } from './limit-commands.ts';
import { marketCommands } from './market-commands.ts';
import { memoryCommands } from './memory-commands.ts';
import { modelCommands } from './model-commands.ts';
import { newsCommands } from './news-commands.ts';
import { orderCommands } from './order-commands.ts';
import { outboundCommands } from './outbound-commands.ts';
import { performanceCommands } from './performance-commands.ts';
import { portfolioCommands } from './portfolio-commands.ts';
import { promptCommands } from './prompt-commands.ts';
import { receiptCommands } from './receipt-commands.ts';
import { scheduleCommands } from './schedule-commands.ts';
import { scorecardCommands } from './scorecard-commands.ts';
import { strategyCommands } from './strategy-commands.ts';
import { vaultCommands } from './vault-commands.ts';
import { environmentArgs, livePriceArgs } from './venue-args.ts';
import { venueCommands } from './venue-commands.ts';

/** Where a cycle looks; the same for spawning and for analysing. Functions, because each command needs arguments of its own. */
const marketArgs = () => ({
  instrument: positional(
    instrumentArg().optional(),
    'INSTRUMENT',
    'what to trade; BTC/USDT when left out',
    FORM.instrument,
  ),
  ...candleArgs('5m'),
  ...livePriceArgs(),
  at: option(
    momentArg().optional(),
    'MOMENT',
    'moment of the decision in UTC; the newest one when left out',
    FORM.moment,
  ),
  model: option(pathArg().optional(), 'FILE', 'local model in GGUF format; rules alone when left out', FORM.path),
  seed: option(seedArg().optional(), 'N', 'seed of everything that is chance', FORM.seed),
  ...askingArgs(),
});

const spawn = command({
  id: 'spawn',
  words: ['spawn'],
  summary: 'Analyse the market, spawn an agent made for the moment, and let it trade',
  detail:
    'On a terminal this opens the full screen; elsewhere, or with --plain, it prints each stage as it happens. Orders go to a ' +
    'simulated venue, on live prices too. "No trade" is an answer too: it says why, and the exit code is 0. With --family you choose the agent ' +
    'yourself: what you send off is approved with it, and no limit goes above what an agent may have.',
  risk: 'increase',
  args: z.strictObject({
    ...marketArgs(),
    ...environmentArgs(),
    feeBps: option(feeArg().optional(), 'BPS', 'fee of each fill in basis points; 10 when left out', FORM.fee),
    cash: option(
      amountArg().optional(),
      'AMOUNT',
      'starting cash of the run, or of a venue account that is new; 10000 when left out',
      FORM.cash,
    ),
    family: familyArg(),
    ...chosenArgs(),
    yes: flag('approve the brief of this press, where the mode asks for one; without it the command ends with 5'),
  }),
  examples: [
    'mt spawn',
    'mt spawn BTC/USDT --data btc-1h.csv.gz --interval 1h --at 2023-10-20T00:00:00Z --json',
    'mt spawn ETH/USDT --seed 42 --plain',
    'mt spawn --family trend-following --set fastLength=12 --set slowLength=36 --budget 500 --candles 24',
    'mt spawn BTC/USDT --venue binance --paper',
    'mt spawn BTC/USDT --venue kraken --shadow --interval 15m',
  ],
  output: z.union([cycleView, z.strictObject({ needsApproval: approvalView }), agentDraft]),
});

const analyse = command({
  id: 'analyse',
  words: ['analyse'],
  summary: 'Judge the market without spawning anything',
  risk: 'read',
  args: z.strictObject(marketArgs()),
  examples: ['mt analyse', 'mt analyse BTC/USDT --data btc-1h.csv.gz --interval 1h --at 2023-08-15'],
  output: appContract['cycle.analyse'].output,
});

const status = command({
  id: 'status',
  words: ['status'],
  summary: 'Show equity, trading state, analyst, journal and how the data is protected',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt status', 'mt status --json'],
  output: engineStatus.extend({
    home: z.string(),
    /** Whether an engine was running on the folder, or this command opened it for itself. */
    engine: z.enum(['running', 'own']),
  }),
});

const agents = command({
  id: 'agents',
  words: ['agents'],
  summary: 'List the agents, newest first',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt agents'],
  output: z.strictObject({ agents: z.array(agentView) }),
});

const agentWhyCommand = command({
  id: 'agent.why',
  words: ['agent', 'why'],
  summary: 'Say why an agent exists and why it did what it did',
  risk: 'read',
  args: z.strictObject({
    id: positional(
      z.string().regex(/^[\w-]{1,40}$/, 'is not the id of an agent'),
      'ID',
      'the agent, as mt agents lists it',
      'take an id from mt agents',
    ),
  }),
  examples: ['mt agent why A-0001'],
  output: agentWhy,
});

const importCommand = command({
  id: 'import',
  words: ['import'],
  summary: 'Bring candles from a file into the data folder',
  detail: 'When one row is refused, nothing is kept. Rows that are known already are counted and left alone.',
  risk: 'admin',
  args: z.strictObject({
    file: positional(pathArg(), 'FILE', 'CSV or CSV.gz with timestamp,open,high,low,close,volume', FORM.path),
    instrument: option(instrumentArg(), 'INSTRUMENT', 'what the candles are of', FORM.instrument),
    interval: option(intervalArg(), 'INTERVAL', 'candle length of the file', FORM.interval),
  }),
  examples: ['mt import btc-1h.csv.gz --instrument BTC/USDT --interval 1h'],
  output: appContract['market.import'].output,
});

const up = command({
  id: 'up',
  words: ['up'],
  summary: 'Run the engine without a window until it is interrupted',
  detail: 'Other mt commands on the same data folder then use this engine. It listens on 127.0.0.1 only.',
  risk: 'admin',
  args: z.strictObject({
    web: flag('serve the window to a browser on this machine too; prints its address, which holds the key to it'),
    port: option(portArg().optional(), 'N', 'port to listen on; a free one when left out', FORM.port),
  }),
  examples: ['mt up', 'mt up --web --port 8123'],
  output: z.strictObject({
    listening: z.string(),
    home: z.string(),
    pid: z.int(),
    url: z.string().nullable(),
  }),
});

const stopArgs = z.strictObject({
  reason: option(reasonArg().default('from the terminal'), 'TEXT', 'why, for the record', FORM.text),
  preview: flag('show what it would do now, and do nothing'),
});

const kill = command({
  id: 'kill',
  words: ['kill'],
  summary: 'Level 3 of 3: emergency. Close the gate, cancel every order, close what is held. Until mt resume',
  detail:
    'When the engine cannot be asked (it hangs, or its data are locked) the file KILL in the run folder halts it instead. mt stop keeps what is held.',
  risk: 'reduce',
  args: stopArgs,
  examples: ['mt kill', 'mt kill --reason "news in ten minutes"', 'mt kill --preview'],
  output: z.union([killReport, killPreview]),
});

const stop = command({
  id: 'stop',
  words: ['stop'],
  summary: 'Stop managing: close the gate and cancel entries; what is held stays, with the stops that protect it',
  detail:
    'Trading is halted until mt resume. To close what is held as well: mt kill. With RUN only that agent is stopped: it decides nothing any more, the ' +
    'gate stays open and the others go on.',
  risk: 'reduce',
  args: z.strictObject({
    run: positional(
      agentText.optional(),
      'RUN',
      'an agent or its run; every one when left out',
      'take an id from mt agents',
    ),
    ...stopArgs.shape,
  }),
  examples: ['mt stop --preview', 'mt stop --reason "I take over by hand"', 'mt stop A-1f2e3d4c'],
  output: z.union([killReport, killPreview, appContract['agents.release'].output]),
});

const resume = command({
  id: 'resume',
  words: ['resume'],
  summary: 'Let new entries in again after halt, flatten or kill',
  risk: 'admin',
  args: z.strictObject({ reason: option(reasonArg(), 'TEXT', 'why, for the record', FORM.text) }),
  examples: ['mt resume --reason "checked by hand"'],
  output: engineStatus,
});

const version = command({
  id: 'version',
  words: ['version'],
  summary: 'Show the version',
  risk: 'read',
  args: z.strictObject({}),
  examples: ['mt version'],
  output: z.strictObject({ version: z.string(), node: z.string() }),
});

const help = command({
  id: 'help',
  words: ['help'],
  summary: 'Explain a command',
  risk: 'read',
  args: z.strictObject({ command: words('COMMAND', 'the command to explain, such as agent why') }),
  examples: ['mt help', 'mt help spawn'],
  output: z.strictObject({
    commands: z.array(
      z.strictObject({
        id: z.string(),
        usage: z.string(),
        summary: z.string(),
        risk: z.enum(['read', 'reduce', 'increase', 'admin']),
      }),
    ),
  }),
});

/** Every command there is, in the order of the help. */
export const commands = [
  spawn,
  analyse,
  ...marketCommands,
  status,
  ...healthCommands,
  agents,
  ...agentCommands,
  agentWhyCommand,
  ...receiptCommands,
  ...orderCommands,
  ...accountCommands,
  importCommand,
  ...dataCommands,
  ...venueCommands,
  ...modelCommands,
  ...newsCommands,
  ...labCommands,
  ...evolutionCommands,
  ...arbitrageCommands,
  ...familyStudyCommands,
  ...strategyCommands,
  ...scorecardCommands,
  ...auditCommands,
  ...vaultCommands,
  ...backupCommands,
  ...apiCommands,
  up,
  ...automationCommands,
  ...scheduleCommands,
  ...levelCommands,
  kill,
  stop,
  resume,
  ...limitCommands,
  ...accessCommands,
  ...alertCommands,
  ...outboundCommands,
  ...configCommands,
  ...portfolioCommands,
  ...performanceCommands,
  ...memoryCommands,
  ...promptCommands,
  version,
  help,
] as const satisfies readonly Command[];

export type AnyCommand = (typeof commands)[number];
export type CommandId = AnyCommand['id'];
/** What a command's arguments are once they have been checked. */
export type ArgsOf<Id extends CommandId> = z.infer<Extract<AnyCommand, { readonly id: Id }>['args']>;
