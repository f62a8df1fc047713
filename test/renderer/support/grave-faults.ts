import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';

/** What axe finds against WCAG 2.2 AA on a page, or inside of one part of it. */
export const axeOn = (page: Page, part?: string): AxeBuilder => {
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
  return part === undefined ? axe : axe.include(part);
};

/** The serious and critical ones of them, each with where it is. */
export const graveFaults = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await axeOn(page).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};
