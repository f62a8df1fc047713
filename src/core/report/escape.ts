const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Control characters, and the marks that turn the direction of text around and can make a name read as another. */
const INVISIBLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Foreign text made safe for an element's content and for a quoted attribute. What can't be seen is shown as a replacement mark. */
export const escapeHtml = (text: string): string =>
  text
    .replace(INVISIBLE, (character) => (character === '\n' || character === '\t' ? character : '\ufffd'))
    .replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
