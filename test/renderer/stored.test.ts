import { describe, expect, it } from 'vitest';
import { ContractError } from '#shared/contract/errors.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { goTo, type OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: what lies on this disk');

describe.skipIf(left)('data, backups and proofs', () => {
  const openWindow = useWindows();
  const sent = (open: OpenWindow, name: string): readonly unknown[] =>
    open.engine.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('makes a backup, and tells a whole one from a damaged one by its name', async () => {
    const { page } = await openWindow({ route: '/settings/data' });
    await page.locator('[data-backup="2026-11-19T23-00-00Z"]').waitFor();
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.locator('[data-backup="2026-11-20T11-00-00Z"]').waitFor();
    await page.getByRole('button', { name: 'Verify 2026-11-20T11-00-00Z' }).click();
    await page.getByText('2026-11-20T11-00-00Z is whole', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Verify 2026-11-19T23-00-00Z' }).click();
    await page.getByText('page 12 of journal.db does not match its hash', { exact: false }).waitFor();
  });

  it('takes candles from a file, tells their holes, looks for what is odd and writes them out', async () => {
    const open = await openWindow({ route: '/settings/data' });
    const { page } = open;
    await page.getByText('No candles yet.', { exact: false }).waitFor();
    const form = page.getByRole('form', { name: 'Import from a file' });
    const press = form.getByRole('button', { name: 'Import' });
    expect(await press.isDisabled()).toBe(true);
    await form.getByLabel('File').fill('/data/btc.csv.gz');
    open.engine.fail(
      'market.import',
      new ContractError({
        code: 'rejected',
        reason: 'bad_data',
        message: 'row 17 of /data/btc.csv.gz: its high is below its low',
        remedy: 'mend the row; nothing was kept',
      }),
    );
    await press.click();
    await form.getByText('row 17 of /data/btc.csv.gz', { exact: false }).waitFor();
    expect(await form.getByLabel('File').inputValue()).toBe('/data/btc.csv.gz');

    open.engine.fail('market.import', null);
    await press.click();
    const row = page.locator('[data-series="BTC/USDT 1h"]');
    await row.getByText('1 hole, 2 missing').waitFor();
    await form.getByText('98 new, 0 known before, 0 replaced; holes: 1.').waitFor();
    expect(sent(open, 'market.import').at(-1)).toEqual({
      instrument: 'BTC/USDT',
      interval: '1h',
      path: '/data/btc.csv.gz',
    });

    await page.getByRole('button', { name: 'Look at BTC/USDT 1h' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('1 hole of 2 candles in all').waitFor();
    await sheet.getByLabel('Write to file').fill('/out/btc.csv');
    await sheet.getByRole('button', { name: 'Write the file' }).click();
    await sheet.getByText('98 candles, 5.2 MB: /out/btc.csv').waitFor();
    expect(sent(open, 'data.export')).toEqual([
      { instrument: 'BTC/USDT', interval: '1h', path: '/out/btc.csv', overwrite: false },
    ]);
  });

  it('says why no venue can be asked for candles, and asks for the list again', async () => {
    const open = await openWindow({ route: '/settings/general' });
    const { page } = open;
    open.engine.fail(
      'venue.list',
      new ContractError({ code: 'rejected', reason: 'storage', message: 'the list of venues cannot be read' }),
    );
    await goTo(page, '/settings/data');
    await page.getByRole('alert').getByText('the list of venues cannot be read').waitFor();
    expect(await page.getByRole('form', { name: 'Fetch from an exchange' }).count()).toBe(0);
    open.engine.fail('venue.list', null);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('form', { name: 'Fetch from an exchange' }).getByRole('combobox').first().waitFor();
  });

  it('offers no chooser where no desktop can say where a file lies', async () => {
    const { page } = await openWindow({ route: '/settings/data' });
    await page.getByRole('form', { name: 'Import from a file' }).waitFor();
    expect(await page.getByText('Choose…').count()).toBe(0);
    expect(await page.locator('input[type=file]').count()).toBe(0);
  });

  it('writes a proof of the journal, or of one record, and says who signed it and how it is checked', async () => {
    const open = await openWindow({ route: '/audit' });
    const { page } = open;
    await page.getByRole('button', { name: 'Write a proof…' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('abab-abab-abab-abab').waitFor();
    await sheet.getByRole('button', { name: 'Write the proof' }).click();
    await sheet.getByText('Written: /home/master/data/RECORD_LOGS/', { exact: false }).waitFor();
    await sheet.getByText('node verify.mjs journal-scripte-168.mtproof').waitFor();
    expect(sent(open, 'audit.export')).toEqual([{}]);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'Record 168, show payload' }).click();
    await page.getByRole('button', { name: 'Proof of record 168…' }).click();
    await sheet.getByLabel('Folder').fill('/media/usb');
    await sheet.getByRole('button', { name: 'Write the proof' }).click();
    await sheet.getByText('Written: /media/usb/', { exact: false }).waitFor();
    expect(sent(open, 'audit.export').at(-1)).toEqual({ dir: '/media/usb', seq: 168 });
  });
});
