/** What stands for a value in a sentence that is read from its source. */
export const VALUE = '42';
const QUOTES = new Set(["'", '"', '`']);
const OPENS = new Set(['(', '[', '{']);
const CLOSES = new Set([')', ']', '}']);

/** Where the literal that begins at `at` ends. */
function endOfLiteral(text: string, at: number): number {
  const quote = text[at];
  let next = at + 1;
  while (next < text.length && text[next] !== quote) {
    if (text[next] === '\\') next += 2;
    else if (quote === '`' && text.startsWith('${', next)) next = endOfExpression(text, next + 2) + 1;
    else next += 1;
  }
  return next + 1;
}

/** Where the expression that begins at `at` ends: before a closing bracket, or a comma or semicolon outside of all brackets. */
export function endOfExpression(text: string, at: number): number {
  let depth = 0;
  let next = at;
  while (next < text.length) {
    const sign = text[next] ?? '';
    if (QUOTES.has(sign)) {
      next = endOfLiteral(text, next);
      continue;
    }
    if (text.startsWith('//', next)) next = text.indexOf('\n', next);
    else if (text.startsWith('/*', next)) next = text.indexOf('*/', next) + 1;
    else if (OPENS.has(sign)) depth += 1;
    else if (CLOSES.has(sign)) {
      if (depth === 0) return next;
      depth -= 1;
    } else if (depth === 0 && (sign === ',' || sign === ';')) return next;
    next += 1;
  }
  return next;
}

/** The arguments of each call that is written `name(`, as they are written. */
export function argumentsOf(text: string, name: string): readonly (readonly string[])[] {
  return [...text.matchAll(new RegExp(`(?<![\\w.])${name}\\(`, 'g'))].map(({ 0: call, index }) => {
    const found: string[] = [];
    let at = index + call.length;
    while (at < text.length && text[at] !== ')') {
      const end = endOfExpression(text, at);
      const argument = text.slice(at, end).trim();
      if (argument !== '') found.push(argument);
      at = text[end] === ',' ? end + 1 : end;
    }
    return found;
  });
}

const plain = (text: string): string => text.replaceAll(/\\(.)/g, '$1');

/** The texts of an expression, each value in them as `VALUE`. A text inside of a value is one of its own. */
export function literalsIn(text: string): readonly string[] {
  const found: string[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text[at] ?? '';
    if (text.startsWith('//', at)) at = text.indexOf('\n', at);
    else if (text.startsWith('/*', at)) at = text.indexOf('*/', at) + 2;
    else if (QUOTES.has(sign)) {
      const end = endOfLiteral(text, at);
      const inside = text.slice(at + 1, end - 1);
      found.push(...(sign === '`' ? templateTexts(inside) : [plain(inside)]));
      at = end;
      continue;
    }
    if (at < 0) return found;
    at += 1;
  }
  return found;
}

function templateTexts(inside: string): readonly string[] {
  const nested: string[] = [];
  let whole = '';
  let at = 0;
  while (at < inside.length) {
    if (!inside.startsWith('${', at)) {
      const taken = inside[at] === '\\' ? 2 : 1;
      whole += plain(inside.slice(at, at + taken));
      at += taken;
      continue;
    }
    const end = endOfExpression(inside, at + 2);
    nested.push(...literalsIn(inside.slice(at + 2, end)));
    whole += VALUE;
    at = end + 1;
  }
  return [whole, ...nested];
}
