import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import type { OpenWindow } from './support/window.ts';
import { goTo } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: models');

describe.skipIf(left)('the models screen', () => {
  const openWindow = useWindows();
  let open: OpenWindow;

  const asked = (name: string) => open.engine.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('lists the rules first and always, then each model with its fit, speed, grade and what went wrong', async () => {
    open = await openWindow({ route: '/models' });
    const { page } = open;
    await page.locator('[data-model="rules"]').waitFor();
    const names = await page
      .locator('tr[data-model]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-model')));
    expect(names).toEqual(['rules', 'small-chat', 'large-chat']);
    expect(await page.locator('[data-model="rules"]').textContent()).toContain('Active fallback');
    expect(
      await page
        .locator('[data-model="rules"]')
        .getByRole('button', { name: /Remove/ })
        .count(),
    ).toBe(0);
    expect(await page.locator('[data-model="small-chat"]').textContent()).toMatch(
      /Chosen.*2\.5 GB.*Good 61.*18\.2 tokens\/s, n 3.*Bit for bit.*Ready/,
    );
    expect(await page.getByText('needs 21000 MB of memory and 8000 MB are free').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Let the rules decide alone' }).click();
    await expect.poll(() => asked('models.use')).toEqual([{ name: null }]);
    await expect.poll(() => page.locator('[data-model="rules"]').textContent()).toContain('Deciding');
    expect(open.problems).toEqual([]);
  });

  it('shows a download on every screen, zero bytes when it stalls, and asks before it deletes what arrived', async () => {
    open = await openWindow({ route: '/portfolio' });
    const { page } = open;
    const chip = page.getByTestId('download-chip');
    await chip.waitFor();
    expect(await chip.textContent()).toBe('next 61%');
    const { downloads } = await open.engine.handlers['models.list']({});
    const [running] = downloads;
    if (running === undefined) throw new Error('the script fetches nothing');
    open.engine.setModels({ downloads: [{ ...running, bytesPerSecond: 0 }] });
    await expect.poll(() => chip.textContent()).toBe('next: 0 B/s');
    await chip.click();
    const row = page.locator('[data-download="next"]');
    await row.getByText('nothing arrives: 0 B/s').waitFor();
    expect(await row.getByRole('progressbar').getAttribute('value')).toBe('61');

    await row.getByRole('button', { name: 'Pause' }).click();
    await row.getByText('Paused').waitFor();
    await row.getByRole('button', { name: 'Resume' }).click();
    await row.getByText('Running').waitFor();
    expect(asked('models.download')).toEqual([{ url: running.url }]);
    // Pause and cancel do not stand side by side, and the first press deletes nothing.
    const boxes = await Promise.all(
      ['Pause', 'Cancel…'].map((name) => row.getByRole('button', { name }).boundingBox()),
    );
    expect((boxes[1]?.x ?? 0) - (boxes[0]?.x ?? 0)).toBeGreaterThan(300);
    await row.getByRole('button', { name: 'Cancel…' }).click();
    expect(asked('models.cancel')).toEqual([]);
    await row.getByRole('button', { name: 'Keep it' }).click();
    await row.getByRole('button', { name: 'Cancel…' }).click();
    await row.getByRole('button', { name: 'Yes, cancel and delete' }).click();
    await expect.poll(() => asked('models.cancel')).toHaveLength(1);
    await page.getByText('Nothing is being fetched.').waitFor();
    expect(await chip.count()).toBe(0);
  });

  it('fetches from an address, says why a file was not taken, and never shows a figure that is none', async () => {
    open = await openWindow({ route: '/models', fresh: true });
    const { page } = open;
    await page.getByText('Nothing is being fetched.').waitFor();
    await page.getByLabel('Address', { exact: true }).fill('https://models.example.org/a.gguf');
    await page.getByRole('button', { name: 'Download' }).click();
    await page.locator('[data-download="fetched"]').waitFor();
    await page.getByLabel('File on this machine').fill('/tmp/no-model.txt');
    await page.getByRole('button', { name: 'Import' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/that is not a GGUF file/i);
    expect(await page.locator('main').textContent()).not.toMatch(/NaN|undefined|Infinity/);
    open.engine.fail(
      'models.list',
      new ContractError({
        code: 'rejected',
        message: 'the registry is damaged',
        reason: 'storage',
        remedy: 'restore it',
      }),
    );
    await goTo(page, '/');
    await goTo(page, '/models');
    await page
      .getByText(/the registry is damaged/i)
      .first()
      .waitFor();
    expect(await page.locator('[data-model="rules"]').isVisible()).toBe(true);
  });
});
