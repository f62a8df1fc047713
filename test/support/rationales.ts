import { TELLING_FACTS } from '#core/analyst/fact-readings.ts';
import { sentenceOf } from '#core/analyst/fact-sentences.ts';
import { FACT_CATALOGUE, type FactName } from '#core/context/fact-catalogue.ts';
import type { Fact } from '#core/context/types.ts';
import { createRng, type Rng } from '#core/kernel/rng.ts';
import { factText } from '#shared/format/facts.ts';

export type Rationale = { readonly text: string; readonly cited: readonly Fact[]; readonly kind: string };

const pick = <T>(rng: Rng, list: readonly T[]): T => {
  const found = list[rng.integer(list.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
};

/** A fact with a value of the size that its unit has. */
function anyFact(rng: Rng): Fact {
  const name = pick(rng, [...TELLING_FACTS, 'return168', 'atr14', 'rsi14', 'drawdown168']) as FactName;
  const { id, label, unit } = FACT_CATALOGUE[name];
  const scale = unit === 'fraction' ? 0.4 : unit === 'index' ? 70 : unit === 'bars' ? 300 : 4;
  const signed = unit === 'index' || unit === 'bars' ? rng.next() : rng.next() * 2 - 1;
  return { id, name, label, unit, interval: '1h', value: Number((signed * scale).toPrecision(6)) };
}

/** How a careful writer states one fact. */
const HONEST: readonly ((fact: Fact) => string)[] = [
  (fact) => `${fact.id}: ${sentenceOf(fact)}`,
  (fact) => `${fact.label} = ${factText(fact).replace('%', ' %')}`,
  (fact) => `because ${fact.id} (${fact.label}) stands at ${factText(fact)}`,
  (fact) => `${fact.label} is ${Math.abs(fact.value).toFixed(3)} in size`,
];

/** Text of digits that is not near any way to state one of the facts. */
function inventedNumber(rng: Rng, cited: readonly Fact[]): string {
  for (;;) {
    const value = rng.next() * pick(rng, [1, 10, 100, 100_000]);
    const text = value.toFixed(rng.integer(3));
    const written = Number(text);
    const near = cited.some((fact) =>
      [1, 100].some((times) => Math.abs(Math.abs(fact.value) * times - written) <= Math.max(1, written * 0.03)),
    );
    const period = cited.some(({ label, name }) => `${label} ${name}`.includes(String(Math.round(written))));
    if (!near && !period) return text;
  }
}

/** Ways to bring in a number that nobody measured. */
const DISHONEST: readonly { readonly kind: string; readonly say: (rng: Rng, number: string) => string }[] = [
  { kind: 'a plain number', say: (_rng, n) => `the trend strength is ${n}` },
  { kind: 'a percentage', say: (_rng, n) => `price will rise ${n} %` },
  { kind: 'a price', say: (_rng, n) => `support lies at $${n}` },
  { kind: 'basis points', say: (_rng, n) => `the spread is ${n} bps` },
  { kind: 'thousands', say: (rng) => `target ${20 + rng.integer(70)},${100 + rng.integer(899)}` },
  { kind: 'an exponent', say: (rng) => `volume is ${1 + rng.integer(8)}.${rng.integer(9)}e${3 + rng.integer(6)}` },
  {
    kind: 'wide digits',
    say: (_rng, n) => `odds of ${n.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d)))}`,
  },
  {
    kind: 'digits of another script',
    say: (_rng, n) => `odds of ${n.replace(/\d/g, (d) => String.fromCodePoint(0x660 + Number(d)))}`,
  },
  { kind: 'hidden between digits', say: (_rng, n) => `odds of ${n.split('').join('\u200b')}` },
  { kind: 'words', say: (rng) => `a ${pick(rng, ['ninety', 'forty', 'seventy'])} percent chance` },
  { kind: 'a date', say: (rng) => `as on 20${10 + rng.integer(15)}-0${1 + rng.integer(8)}-2${rng.integer(9)}` },
  { kind: 'an uncited fact', say: (rng) => `and F${60 + rng.integer(30)} agrees` },
  { kind: 'another period', say: (rng) => `the ${301 + rng.integer(90)}-candle average rises` },
];

const factsOf = (rng: Rng): readonly Fact[] => {
  const facts = Array.from({ length: 1 + rng.integer(3) }, () => anyFact(rng));
  return facts.filter((fact, index) => facts.findIndex(({ id }) => id === fact.id) === index);
};

/** Texts in which every number was measured. */
export function honestRationales(count: number, seed: number): readonly Rationale[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, () => {
    const cited = factsOf(rng);
    return { kind: 'honest', cited, text: cited.map((fact) => pick(rng, HONEST)(fact)).join('; ') };
  });
}

/** The same with one thing in it that nobody measured, at any place. */
export function fabricatedRationales(count: number, seed: number): readonly Rationale[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, (_, index) => {
    const cited = factsOf(rng);
    const lie = DISHONEST[index % DISHONEST.length];
    if (lie === undefined) throw new RangeError('no lie');
    const parts = cited.map((fact) => pick(rng, HONEST)(fact));
    parts.splice(rng.integer(parts.length + 1), 0, lie.say(rng, inventedNumber(rng, cited)));
    return { kind: lie.kind, cited, text: parts.join('; ') };
  });
}
