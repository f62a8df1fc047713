import { foreignShare, lookalikesIn } from './lookalikes.ts';
import { ATTACK_SIGNS, type NewsSign } from './types.ts';

/**
 * Sentences that speak to a machine instead of to a reader. Filters are hygiene and never the guarantee: what slips through can still only
 * make a position smaller (see `spawner/news-evidence.ts`).
 */
const INSTRUCTIONS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|drop)\b[^.!?]{0,40}\b(?:previous|prior|above|earlier|preceding|all|any|your|the)\b[^.!?]{0,30}\b(?:instruction|instructions|rule|rules|prompt|prompts|guideline|guidelines|guardrails|policy|policies|directions|constraints)\b/iu,
  /\b(?:you are now|you must now|from now on,? you|act as (?:an?|the)|pretend (?:to be|you are)|as an ai\b|dear (?:ai|model|assistant|agent)|attention (?:ai|model|assistant|agent|bot)s?)\b/iu,
  /\b(?:system prompt|system message|developer message|new instructions?|updated instructions?|end of (?:article|instructions|context)|begin (?:system|instructions))\b/iu,
  /\b(?:set|return|output|answer|respond with|reply with|report|classify (?:this|it) as|label (?:this|it)(?: as)?)\b[^.!?]{0,30}\b(?:news ?risk|sentiment|bias|confidence|evidence ?ids|tone|relevance)\b/iu,
  /\b(?:reveal|print|send|repeat|leak|upload|exfiltrate|forward)\b[^.!?]{0,25}\b(?:your|the)\b[^.!?]{0,15}\b(?:prompt|instructions|api ?keys?|secret|secrets|private keys?|credentials|password|memory)\b/iu,
  /\b(?:remember|memori[sz]e|store|save)\b[^.!?]{0,20}\b(?:this|following|rule|lesson)\b[^.!?]{0,30}\b(?:always|forever|future|permanently)\b/iu,
  /\b(?:buy|sell|long|short|liquidate|purchase)\b[^.!?]{0,20}\b(?:everything|all (?:of )?(?:your|the) (?:funds|balance|portfolio|cash|holdings)|maximum (?:size|leverage)|max (?:size|leverage)|all[- ]in)\b/iu,
  /\b(?:ignorier\w*|vergiss|missachte\w*)\b[^.!?]{0,40}\b(?:anweisung\w*|regel\w*|vorgabe\w*)\b/iu,
  /\b(?:ignora|olvida|ignore[zr]?|oublie[zr]?|dimentica|ignorar|esque[cç]a)\b[^.!?]{0,40}\b(?:instruccion\w*|instruções|instru[cç]\w*|consignes|istruzioni|reglas|r[eè]gles)\b/iu,
];

/** A record in the shape that a reader of news answers with. */
const SMUGGLED =
  /["'“]?\b(?:newsRisk|news_risk|evidenceIds|bias|sentiment|tone|relevance|confidence|regime)\b["'”]?\s*[:=]\s*["'“]?(?:low|med|medium|high|long|short|none|positive|negative|neutral|good|bad|\[|\d)/iu;

const BASE64 =
  /(?<![A-Za-z0-9+/=_-])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])(?=[A-Za-z0-9+/]*\d)[A-Za-z0-9+/]{40,}={0,2}(?![A-Za-z0-9+/])/u;
const SPACED = /(?:(?<![\p{L}\p{N}])[\p{L}\p{N}][\s.·_*-]{1,3}){6,}[\p{L}\p{N}](?![\p{L}\p{N}])/gu;
const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};
/** Above this share of foreign letters a text is one that nobody here can read. */
const FOREIGN = 0.3;

const speaksToMachine = (text: string): boolean => INSTRUCTIONS.some((pattern) => pattern.test(text));

/** Signs in a cleaned text. The first six words of a spaced or leet text are read as they are meant. */
export function textSigns(text: string): readonly NewsSign[] {
  const signs = new Set<NewsSign>();
  if (speaksToMachine(text)) signs.add('instructions');
  if (speaksToMachine(unleet(text))) signs.add('instructions');
  if (SMUGGLED.test(text)) signs.add('smuggled_record');
  if (BASE64.test(text)) signs.add('encoded_text');
  if (text.match(SPACED) !== null) signs.add('spaced_letters');
  const { mixed, tickers } = lookalikesIn(text);
  if (mixed.length > 0) signs.add('mixed_script');
  if (tickers.length > 0) signs.add('lookalike_ticker');
  if (foreignShare(text) > FOREIGN) signs.add('not_english');
  return [...signs];
}

/** Digits and signs that stand for letters, only inside words that have letters too. */
const unleet = (text: string): string =>
  text.replace(/[\p{L}\d@$]+/gu, (word) =>
    /\p{L}/u.test(word) && /[013457@$]/.test(word) ? word.replace(/[013457@$]/g, (sign) => LEET[sign] ?? sign) : word,
  );

const ATTACKS: ReadonlySet<NewsSign> = new Set(ATTACK_SIGNS);

export const isAttack = (signs: readonly NewsSign[]): boolean => signs.some((sign) => ATTACKS.has(sign));
