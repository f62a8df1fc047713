import type { Fact, MarketContext } from '../context/types.ts';
import type { Inference, InferenceReply } from '../ports/inference.ts';
import { type AnalystPrompt, askAbout, parseAnswer } from './analyst-prompt.ts';
import type { Bias, Judgement, Regime } from './types.ts';

/** Kinds of evidence that can be taken away as a whole. */
export const EVIDENCE_BLOCKS = [
  'trend',
  'momentum',
  'volatility',
  'volume',
  'higher timeframe',
  'patterns',
  'news',
] as const;
export type EvidenceBlock = (typeof EVIDENCE_BLOCKS)[number];

const BLOCKS: readonly { readonly block: EvidenceBlock; readonly names: RegExp }[] = [
  { block: 'news', names: /^(?:news|fearGreed)/ },
  { block: 'patterns', names: /[pP]attern/ },
  { block: 'higher timeframe', names: /^(?:higher|top[A-Z]|intervalAgreement)/ },
  { block: 'volume', names: /[vV]olume|^(?:flatShare|missingCandles)$/ },
  { block: 'volatility', names: /^(?:atr|bollinger|volatility|largestMove|range\d)/ },
  { block: 'momentum', names: /^(?:return1$|return24$|rsi|macd|distance|drift10$|drawdown)/ },
];

/** Where a fact belongs. What is on another interval than the context is of a higher one; what has no other place tells of the trend. */
export function blockOf(fact: Fact, context: Pick<MarketContext, 'interval'>): EvidenceBlock {
  const named = BLOCKS.find(({ names }) => names.test(fact.name))?.block;
  return named ?? (fact.interval === context.interval ? 'trend' : 'higher timeframe');
}

/** The context as it would have been had nobody measured the block. It keeps its hash, which names the moment that is explained. */
export const withoutBlock = (context: MarketContext, block: EvidenceBlock): MarketContext => ({
  ...context,
  facts: context.facts.filter((fact) => blockOf(fact, context) !== block),
  patterns: block === 'patterns' ? [] : context.patterns,
});

/** A judgement reduced to what can flip. */
export type Label = { readonly regime: Regime; readonly bias: Bias; readonly confidence: number };
/** An answer that is no label: late, cut off, outside the schema. */
export type NoLabel = { readonly regime: null; readonly why: string };

export type AblatedBlock = {
  readonly block: EvidenceBlock;
  /** Facts of the block that the judge was shown; with none the block cannot have decided anything, and is not asked about. */
  readonly facts: number;
  readonly label: Label | NoLabel | null;
  readonly flips: boolean;
};

export type Ablation = {
  readonly original: Label | NoLabel;
  /** Asking again with nothing removed gave the same. When not, nothing below it explains anything. */
  readonly reproduces: boolean;
  readonly blocks: readonly AblatedBlock[];
  /** Blocks whose removal flips the label, most decisive first; empty when none does, or when the original did not come again. */
  readonly decisive: readonly EvidenceBlock[];
};

/** Answers for a context that may lack facts. `shown` says which of the facts it looks at. */
export type Judge = {
  readonly ask: (context: MarketContext) => Promise<Label | NoLabel>;
  readonly shown: (context: MarketContext) => readonly Fact[];
};

/**
 * Takes one block of evidence away at a time, asks again, and says which of them flips the label (X8). A flip is another regime or bias; of
 * several the one is most decisive without which the other label is the surest.
 */
export async function ablate(context: MarketContext, judge: Judge, recorded?: Label): Promise<Ablation> {
  const first = await judge.ask(context);
  const original = recorded ?? first;
  const again = recorded === undefined ? await judge.ask(context) : first;
  const reproduces = same(original, again);
  const blocks: AblatedBlock[] = [];
  for (const block of EVIDENCE_BLOCKS) {
    const facts = judge.shown(context).filter((fact) => blockOf(fact, context) === block).length;
    const label = facts === 0 ? null : await judge.ask(withoutBlock(context, block));
    blocks.push({ block, facts, label, flips: label !== null && !same(original, label) });
  }
  const decisive = blocks
    .filter(({ flips }) => reproduces && flips)
    .toSorted((a, b) => surety(b) - surety(a))
    .map(({ block }) => block);
  return { original, reproduces, blocks, decisive };
}

const surety = ({ label }: AblatedBlock): number => (label === null || label.regime === null ? 0 : label.confidence);

const same = (a: Label | NoLabel, b: Label | NoLabel): boolean =>
  a.regime === b.regime && (a.regime === null || b.regime === null || a.bias === b.bias);

export const labelOf = ({ regime, bias, confidence }: Judgement): Label => ({ regime, bias, confidence });

/** The rules as a judge: they look at every fact. */
export const rulesJudge = (judgeByRules: (context: MarketContext) => Judgement): Judge => ({
  ask: async (context) => labelOf(judgeByRules(context)),
  shown: (context) => context.facts,
});

export type ModelJudgeOptions = {
  readonly inference: Inference;
  readonly prompt: AnalystPrompt;
  readonly seed: number;
  readonly deadlineMs: number;
  readonly masked?: boolean;
};

/** A model as a judge, by the label that it says: whether that would have stood is another question than what moved it. */
export function modelJudge({ inference, prompt, seed, deadlineMs, masked }: ModelJudgeOptions): Judge {
  const questionAbout = (context: MarketContext) => askAbout(context, prompt, seed, masked);
  return {
    shown: (context) => questionAbout(context)?.shown ?? [],
    async ask(context) {
      const question = questionAbout(context);
      if (question === undefined) return { regime: null, why: 'no fact is left to ask about' };
      return labelSaid(
        await inference.ask(question.request, deadlineMs),
        question.shown.map(({ id }) => id),
      );
    },
  };
}

/** The label that a reply says. */
export function labelSaid(reply: InferenceReply, shown: Parameters<typeof parseAnswer>[1]): Label | NoLabel {
  if (reply.kind !== 'answer') return { regime: null, why: reply.why };
  const parsed = parseAnswer(reply.text, shown);
  if (!parsed.ok) return { regime: null, why: parsed.why };
  const { regime, bias, confidence } = parsed.answer;
  return { regime, bias, confidence };
}
