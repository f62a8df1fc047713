import { Parser } from 'htmlparser2';

/** The text that a reader of a page would see, and the words that the page hides from them. */
export type HtmlText = { readonly text: string; readonly hidden: string; readonly hiddenParts: number };

/** Markup beyond this is not looked at; the text that is kept is far shorter. */
const LONGEST_MARKUP = 200_000;
/** Deeper than any article; beyond it the rest counts as hidden. */
const DEEPEST = 200;

/** Elements whose content is no text for a reader. */
const SILENT = new Set(
  'script style template noscript iframe object embed svg math head title textarea select option canvas audio video map datalist dialog'.split(
    ' ',
  ),
);
/** Elements after which a word ends. */
const BREAKS = new Set(
  'p div br li ul ol tr td th table h1 h2 h3 h4 h5 h6 section article blockquote pre hr figure figcaption header footer'.split(
    ' ',
  ),
);
const VOID = new Set([
  'br',
  'hr',
  'img',
  'input',
  'meta',
  'link',
  'area',
  'base',
  'col',
  'source',
  'track',
  'wbr',
  'embed',
]);
/** Ways of hiding by style: not shown, no size, no colour, or somewhere else than on the page. */
const HIDING =
  /display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*)?(?:%|;|$|\s)|font-size\s*:\s*0*(?:\.\d+)?[01]?(?:\.\d+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)|text-indent\s*:\s*-\d{3,}|(?:left|top|right|bottom)\s*:\s*-\d{3,}|clip(?:-path)?\s*:|color\s*:\s*(?:transparent|white|#fff(?:fff)?\b|rgba\([^)]*,\s*0(?:\.0*)?\s*\))|mso-hide\s*:\s*all|transform\s*:\s*scale\(0\)/i;

/** True for text with markup in it; plain text with a lone `<` stays as it is. */
export const hasMarkup = (text: string): boolean => /<[a-z!/][^<>]*>|&(?:#\d+|#x[\da-f]+|[a-z]{2,8});|<!--/i.test(text);

/**
 * Takes the markup out of an item. Hidden elements, comments, scripts and the words in attributes are no text: they are handed back
 * apart, so that an attack in them is seen and counted. Never throws.
 */
export function htmlText(markup: string): HtmlText {
  if (!hasMarkup(markup)) return { text: markup, hidden: '', hiddenParts: 0 };
  const shown: string[] = [];
  const hidden: string[] = [];
  const open: { readonly name: string; readonly hides: boolean }[] = [];
  let hiding = 0;
  let hiddenParts = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const hides = SILENT.has(name) || isHidden(attributes) || open.length >= DEEPEST;
        for (const key of [
          'title',
          'alt',
          'aria-label',
          'data-content',
          'content',
          'value',
          'placeholder',
          'summary',
        ]) {
          const words = attributes[key];
          if (words !== undefined && words.trim().includes(' ')) {
            hidden.push(words, ' ');
            hiddenParts++;
          }
        }
        if (BREAKS.has(name)) shown.push(' ');
        if (VOID.has(name)) return;
        open.push({ name, hides });
        if (hides) {
          hiding++;
          hiddenParts++;
        }
      },
      onclosetag(name) {
        if (BREAKS.has(name)) shown.push(' ');
        const at = open.findLastIndex((element) => element.name === name);
        if (at < 0) return;
        for (const element of open.splice(at)) if (element.hides) hiding--;
      },
      ontext(text) {
        (hiding > 0 ? hidden : shown).push(text);
      },
      oncomment(text) {
        hidden.push(' ', text, ' ');
        hiddenParts++;
      },
      oncdatastart() {
        shown.push(' ');
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.write(markup.slice(0, LONGEST_MARKUP));
  parser.end();
  return { text: shown.join(''), hidden: hidden.join(''), hiddenParts };
}

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  attributes['hidden'] !== undefined ||
  attributes['aria-hidden']?.trim().toLowerCase() === 'true' ||
  HIDING.test(attributes['style'] ?? '') ||
  /(?:^|[\s_-])(?:sr-only|visually-hidden|screen-reader-text|hidden|d-none|invisible)(?:$|\s)/i.test(
    attributes['class'] ?? '',
  );
