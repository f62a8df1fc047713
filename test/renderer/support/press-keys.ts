import type { Page } from 'playwright';

const NAMES: Readonly<Record<string, string>> = { Ctrl: 'Control', Plus: '+' };

/** Presses what the table of shortcuts writes: `Ctrl+Shift+X` at once, `g m` one after the other. */
export async function pressKeys(page: Page, keys: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1)
    for (const step of keys.split(' '))
      await page.keyboard.press(
        step
          .split('+')
          .map((part) => NAMES[part] ?? part)
          .join('+'),
      );
}
