import type { Page } from 'playwright';
import { english } from '#shared/i18n/en/words.ts';
import { swahili } from '#shared/i18n/sw/words.ts';

type Words = { readonly [key: string]: string | Words };
const leaves = (words: Words): readonly string[] =>
  Object.values(words).flatMap((one) => (typeof one === 'string' ? [one] : leaves(one)));

/** Whole texts of the English catalogue that Swahili never says. One word alone could be a name or a code. */
const spoken = new Set(leaves(swahili));
const onlyEnglish = new Set(
  leaves(english).filter((text) => / [a-z]/.test(text) && !text.includes('{{') && !spoken.has(text)),
);

/** English texts of the catalogue that stand on a page in Swahili, are pointed at there or read aloud. */
export async function englishOnPage(page: Page): Promise<readonly string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) found.push(node.textContent ?? '');
    for (const name of ['title', 'aria-label', 'aria-description', 'placeholder', 'alt'])
      for (const one of document.querySelectorAll(`[${name}]`)) found.push(one.getAttribute(name) ?? '');
    return found.map((text) => text.trim());
  });
  return texts.filter((text) => onlyEnglish.has(text));
}
