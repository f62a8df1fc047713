import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { axeOn } from './support/grave-faults.ts';
import type { OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: memory and news');

describe.skipIf(left)('memory and news', () => {
  const openWindow = useWindows();
  let open: OpenWindow;
  const asked = (name: string) => open.engine.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('shows lessons with their worth, finds them, and strikes one out with a reason after asking', async () => {
    open = await openWindow({ route: '/memory' });
    const { page } = open;
    await page.locator('[data-lesson="L-aaaa"]').waitFor();
    expect(await page.locator('[data-lesson="L-aaaa"]').textContent()).toContain('+0.12 R (−0.05 .. +0.29)');
    expect(await page.locator('[data-lesson="L-bbbb"]').textContent()).toContain('not enough data');
    expect(await page.getByText('Some won and some lost').isVisible()).toBe(true);
    await page.getByLabel('Find', { exact: true }).fill('stop was hit');
    expect(await page.locator('[data-lesson]').count()).toBe(1);
    await page.getByRole('button', { name: 'Details of L-bbbb' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('R-0004').waitFor();
    expect(await sheet.getByRole('button', { name: 'Revoke…' }).isDisabled()).toBe(true);
    await sheet.getByLabel('Why it is to be struck out').fill('the feed was wrong');
    await sheet.getByRole('button', { name: 'Revoke…' }).click();
    expect(asked('memory.revoke')).toEqual([]);
    await sheet.getByRole('button', { name: 'Yes, revoke it' }).click();
    await expect.poll(() => asked('memory.revoke')).toEqual([{ id: 'L-bbbb', reason: 'the feed was wrong' }]);
    await expect.poll(() => page.locator('[data-lesson="L-bbbb"]').textContent()).toContain('Revoked');
    // What it has touched is not hidden: those decisions stand as they were taken.
    await sheet.getByText(/^Struck out\. \d+ earlier decision/).waitFor();
    expect(open.problems).toEqual([]);
  });

  it('shows what drove an item, what is in quarantine and why, and mutes and fetches a source', async () => {
    open = await openWindow({ route: '/news' });
    const { page } = open;
    await page.getByText('Words that drove it: hacked −0.90').waitFor();
    expect(await page.getByText('news can only speak against an entry').isVisible()).toBe(true);
    await page.getByRole('combobox', { name: 'Show' }).click();
    await page.getByRole('option', { name: 'Quarantined' }).click();
    await page.getByText('In quarantine because of: orders the reader').waitFor();
    await page.getByText('Looked for in the newest 500 runs that read news', { exact: false }).waitFor();
    expect(await page.getByTestId('read-in').textContent()).toBe(
      'Of 2 runs of its time it is not kept which items were read.',
    );
    const source = page.locator('[data-source="wire"]');
    await source.getByRole('button', { name: 'Mute' }).click();
    await expect
      .poll(() => asked('news.add'))
      .toEqual([{ name: 'wire', url: 'https://wire.example.org/feed', weight: 0 }]);
    await source.getByText('Muted').waitFor();
    await source.getByRole('button', { name: 'Fetch' }).click();
    await page.getByText('wire: 2 new of 3, 1 in quarantine').waitFor();
    await page.getByLabel('Name').fill('files');
    await page.getByLabel('File on this machine').fill('/tmp/none.csv');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText(/the file holds no news/i).waitFor();
  });

  it('names the runs that read an item, and opens what one of them knew', async () => {
    open = await openWindow({ route: '/news' });
    const { page } = open;
    const item = page.locator('[data-item="negative"]');
    await item.getByText('and 3 more runs').waitFor();
    expect((await axeOn(page, '[data-item="negative"]').analyze()).violations).toEqual([]);
    await item.getByRole('button', { name: 'run 5' }).click();
    await page.getByRole('dialog', { name: 'Evidence of run 5' }).getByRole('table').first().waitFor();
    expect(asked('receipts.facts')).toEqual([{ run: '5' }]);
  });

  it('says why there is nothing, and what failed', async () => {
    open = await openWindow({ route: '/memory', fresh: true });
    await open.page.getByText('Nothing was learned yet.').waitFor();
    await open.close();
    open = await openWindow({ fresh: true });
    open.engine.fail(
      'news.show',
      new ContractError({
        code: 'rejected',
        message: 'the market database is damaged',
        reason: 'storage',
        remedy: 'restore it',
      }),
    );
    await open.page.evaluate(() => {
      location.hash = '/news';
    });
    await open.page.getByText(/the market database is damaged/i).waitFor();
    expect(await open.page.getByText('No source is followed.').isVisible()).toBe(true);
    open.engine.fail('news.show', null);
    await open.page.getByRole('button', { name: 'Try again' }).click();
    await open.page.getByText('nothing is made up').waitFor();
  });
});
