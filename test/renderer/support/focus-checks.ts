import type { Page } from 'playwright';
import { contrast } from './colour-science.ts';

type Seen = {
  readonly name: string;
  /** The part of the window that has the focus. */
  readonly region: string | null;
  readonly ring: string | null;
  readonly behind: string;
  /** What lies on the middle of it, or null when that is the element itself. */
  readonly covered: string | null;
};

/** The element that has the focus, its ring, and whether it can be seen. */
const look = (page: Page): Promise<Seen> =>
  page.evaluate(() => {
    const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    /** Any colour that CSS can say, as `#rrggbb`; null where it is not opaque. */
    const opaque = (colour: string): string | null => {
      if (context === null) return null;
      context.clearRect(0, 0, 1, 1);
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
      return alpha < 250 ? null : `#${[r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    };
    const element = document.activeElement as HTMLElement;
    // A small control may draw its ring on the label around it.
    const drawn = [element, element.closest('label')].find((one) => {
      if (one === null) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
    let behind: string | null = null;
    for (let at = drawn?.parentElement ?? element; at !== null && behind === null; at = at.parentElement as HTMLElement)
      behind = opaque(getComputedStyle(at).backgroundColor);
    const shown = drawn ?? element;
    const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
    // The middle of what the window shows of it: a long table is taller than the window.
    const middle = (from: number, size: number, room: number): number =>
      (Math.max(0, from) + Math.min(room, from + size)) / 2;
    const top = document.elementFromPoint(middle(box.x, box.width, innerWidth), middle(box.y, box.height, innerHeight));
    const mine = top !== null && (shown.contains(top) || top.contains(shown));
    return {
      name: `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 60) ?? ''}`,
      region: element.closest<HTMLElement>('[data-region]')?.dataset['region'] ?? null,
      ring: drawn == null ? null : opaque(getComputedStyle(drawn).outlineColor),
      behind: behind ?? '#ffffff',
      covered: mine ? null : (top?.outerHTML.slice(0, 100) ?? 'outside of the window'),
    };
  });

/** What is wrong with how the focus is shown now; nothing for a ring of at least 3 : 1 that nothing covers. */
export async function focusTrouble(
  page: Page,
): Promise<{ readonly region: string | null; readonly wrong: readonly string[] }> {
  const { name, region, ring, behind, covered } = await look(page);
  if (name.startsWith('body')) return { region, wrong: [] };
  return {
    region,
    wrong: [
      ...(ring === null ? [`${name}: no ring`] : []),
      ...(ring !== null && contrast(ring, behind) < 3 ? [`${name}: ring ${ring} on ${behind}`] : []),
      ...(covered === null ? [] : [`${name}: covered by ${covered}`]),
    ],
  };
}
