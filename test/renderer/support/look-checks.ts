import type { Page } from 'playwright';

/** What sticks out: the page itself, or a figure that its box cuts off. */
export const overflow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const out: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) out.push(`page ${root.scrollWidth} > ${root.clientWidth}`);
    const main = document.querySelector('main');
    if (main !== null && main.scrollWidth > main.clientWidth)
      out.push(`main ${main.scrollWidth} > ${main.clientWidth}`);
    for (const figure of document.querySelectorAll<HTMLElement>('[data-num]')) {
      if (figure.scrollWidth > figure.clientWidth + 1 && getComputedStyle(figure).display !== 'inline') {
        out.push(`figure ${figure.textContent}`);
      }
    }
    return out;
  });

export const nonsense = (page: Page): Promise<string | null> =>
  page.evaluate(() => /NaN|undefined|Infinity|\[object/.exec(document.body.innerText)?.[0] ?? null);

export const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, summary, [role="combobox"], nav a')].flatMap((target) => {
      const { width, height } = target.getBoundingClientRect();
      return width > 0 && (width < 24 || height < 24) ? [`${target.textContent} ${width}x${height}`] : [];
    }),
  );
