/** A language that nobody speaks: every text is accented and a third longer, so that a test sees what was never translated and what does not fit. */
const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
};
const GROWTH = 0.3;

/** What stands between braces is a name for a value and stays as it is. */
export const pseudoText = (text: string): string => {
  const accented = text
    .split(/(\{\{.*?\}\})/)
    .map((part) =>
      part.startsWith('{{') ? part : part.replace(/[aeiouAEIOU]/g, (letter) => ACCENTED[letter] ?? letter),
    )
    .join('');
  return `[${accented}${'·'.repeat(Math.ceil(text.length * GROWTH))}]`;
};

type Words = { readonly [key: string]: string | Words };

/** The same words in the language that nobody speaks. */
export const pseudoWords = (words: Words): Words =>
  Object.fromEntries(
    Object.entries(words).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : pseudoWords(value),
    ]),
  );
