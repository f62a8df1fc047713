/** What became of a text: what is left, and what was taken out of it. */
export type CleanedText = {
  readonly text: string;
  readonly invisible: number;
  readonly tagCharacters: number;
  readonly bidi: number;
  readonly tokens: number;
  readonly cut: number;
};

/** Letters that no screen shows, made for labelling languages: a known carrier of hidden instructions. */
const TAG_CHARACTERS = /[\u{E0000}-\u{E007F}]/gu;
/** Marks that turn the reading direction; embeddings, overrides and isolates. */
const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
/** Format characters, soft hyphens, variation selectors, fillers, and half characters that pair with nothing. */
const INVISIBLE =
  /[\p{Cf}\p{Cs}\p{Co}\u115F\u1160\u3164\uFFA0]|\u034F|[\u17B4\u17B5]|[\uFE00-\uFE0F]|[\u{E0100}-\u{E01EF}]/gu;
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** By these chat models tell system, user and themselves apart; as text they mean nothing. */
const TEMPLATE_TOKENS =
  /<\|[^|<>]{0,60}\|>|<\/?s>|\[\/?INST\]|<<\/?SYS>>|<(?:start|end)_of_turn>|<\/?(?:system|assistant|user|tool_call|tool_response|think|function)>|\[\/?(?:SYSTEM|ASSISTANT|USER|TOOL)[^\]]{0,20}\]|#{2,}\s*(?:instruction|response|system|assistant|user|input)s?\s*:|(?:^|\n)\s*(?:system|assistant|developer|human)\s*:/giu;

/**
 * Makes somebody's text plain: compatibility forms folded (NFKC), what cannot be seen removed, chat tokens taken out, white space
 * collapsed, cut at `longest` characters. Counts all of it. Cleaning cleaned text changes nothing.
 */
export function cleanText(given: string, longest: number): CleanedText {
  // Bounded before anything expensive: NFKC can make one character into eighteen.
  let cut = Math.max(0, given.length - longest * 4);
  let text = given.slice(0, longest * 4);
  const count = { tags: 0, bidi: 0, invisible: 0, tokens: 0 };
  const remove = (pattern: RegExp, kind: keyof typeof count, instead: string): void => {
    text = text.replace(pattern, () => {
      count[kind] += 1;
      return instead;
    });
  };
  text = text.normalize('NFKC');
  remove(TAG_CHARACTERS, 'tags', '');
  remove(BIDI, 'bidi', '');
  remove(INVISIBLE, 'invisible', '');
  // Taking one out can bring the halves of another together.
  for (let before = ''; before !== text; ) {
    before = text;
    remove(TEMPLATE_TOKENS, 'tokens', ' ');
  }
  text = text.normalize('NFKC').replace(CONTROLS, ' ').trim();
  if (text.length > longest) {
    cut += text.length - longest;
    text = wholeCharacters(text.slice(0, longest)).trim();
  }
  return {
    text,
    invisible: count.invisible + count.tags + count.bidi,
    tagCharacters: count.tags,
    bidi: count.bidi,
    tokens: count.tokens,
    cut,
  };
}

/** Without half of a character at the end. */
const wholeCharacters = (text: string): string => (/[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text);
