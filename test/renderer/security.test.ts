import type { Browser, Page } from 'playwright';
import { create } from 'qrcode';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, stepAt } from '#host/access/totp.ts';
import { otpauthUri } from '#shared/authenticator-key.ts';
import { ContractError } from '#shared/contract/errors.ts';
import { readRecoveryCode } from '#shared/recovery-code.ts';
import { launchChromium, notRunWithoutChromium } from './support/chromium.ts';
import { SCRIPTED_PASSPHRASE } from './support/scripted-vault.ts';
import { type OpenWindow, openWindow, type WindowOptions } from './support/window.ts';

const left = notRunWithoutChromium('renderer tests: security and exchanges');

/** The dark modules that a path of one-module bars draws, as a reader's grid sees them. */
function modulesOf(path: string, size: number): readonly boolean[] {
  const dark = Array.from({ length: size * size }, () => false);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    dark.fill(true, Number(y) * size + Number(x), Number(y) * size + Number(x) + Number(run));
  return dark;
}

describe.skipIf(left)('security and exchanges in the settings', () => {
  let browser: Browser;
  let open: OpenWindow;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());
  afterEach(() => open.close());

  const sent = (name: string): readonly unknown[] =>
    open.engine.calls.filter((call) => call.name === name).map(({ input }) => input);
  const security = async (
    vault: 'open' | 'unlocked' = 'unlocked',
    access: NonNullable<WindowOptions['access']> = {},
  ): Promise<Page> => {
    open = await openWindow(browser, { vault, access, route: '/settings/security' });
    await open.page.getByRole('button', { name: 'Enrol an app' }).waitFor();
    return open.page;
  };
  const exchanges = async (vault: 'open' | 'unlocked' = 'unlocked', venues = true): Promise<Page> => {
    open = await openWindow(browser, { vault, venues, route: '/settings/exchanges' });
    await open.page.getByRole('button', { name: 'Add a key' }).waitFor();
    return open.page;
  };
  const shownKey = async (page: Page): Promise<string> =>
    (await page.getByTestId('totp-key').innerText()).replaceAll(' ', '');

  it('draws the key as the QR code of its address, says why a code is refused, and forgets the key once it is taken', async () => {
    const page = await security();
    await page.getByRole('button', { name: 'Enrol an app' }).click();
    const secret = await shownKey(page);
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const { modules } = create(otpauthUri(secret), { errorCorrectionLevel: 'M' });
    const drawn = await page.getByTestId('qr').evaluate((svg) => ({
      box: svg.getAttribute('viewBox'),
      paths: [...svg.querySelectorAll('path')].map((path) => ({
        d: path.getAttribute('d') ?? '',
        fill: getComputedStyle(path).fill,
      })),
      paper: [...svg.querySelectorAll('rect')].map((rect) => getComputedStyle(rect).fill),
    }));
    expect(drawn.box).toBe(`-4 -4 ${modules.size + 8} ${modules.size + 8}`);
    expect(drawn.paper).toEqual(['rgb(255, 255, 255)']);
    expect(drawn.paths.map(({ fill }) => fill)).toEqual(['rgb(0, 0, 0)']);
    expect(modulesOf(drawn.paths[0]?.d ?? '', modules.size)).toEqual(Array.from(modules.data, (bit) => bit !== 0));

    const right = codeOf(secret, stepAt(Date.now()));
    await page
      .getByLabel('Code that the app shows now')
      .fill(right.replace(/./g, (digit) => String(9 - Number(digit))));
    await page.getByRole('button', { name: 'Enrol', exact: true }).click();
    await page.getByRole('alert').getByText('that is not the code of this key').waitFor();
    await page.getByRole('alert').getByText('look at the clock of the phone').waitFor();
    expect(await shownKey(page)).toBe(secret);

    await page.getByLabel('Ask for a code at each unlock').check();
    await page.getByLabel('Code that the app shows now').fill(codeOf(secret, stepAt(Date.now())));
    await page.getByRole('button', { name: 'Enrol', exact: true }).click();
    const codes = (await page.getByTestId('backup-codes').innerText()).split('\n');
    expect(sent('access.totp_enroll').at(-1)).toMatchObject({ secret, asksAtUnlock: true, backupCodes: codes });
    const html = await page.content();
    expect(html).not.toContain(secret);
    expect(html).not.toContain(`${secret.slice(0, 4)} ${secret.slice(4, 8)}`);
    expect(await page.getByTestId('qr').count()).toBe(0);

    await page.getByRole('button', { name: 'I have them on paper' }).click();
    await page.getByText('Enrolled. Backup codes left: 10.').waitFor();
    for (const code of codes) expect(await page.content()).not.toContain(code);
    expect(open.problems).toEqual([]);
  });

  it('asks who it is above the sheet, and then goes on by itself with the same key', async () => {
    const page = await security();
    await page.getByRole('button', { name: 'Enrol an app' }).click();
    const secret = await shownKey(page);
    open.engine.fail(
      'access.totp_enroll',
      new ContractError({
        code: 'rejected',
        reason: 'step_up',
        message: 'to enrol an authenticator, prove that it is you who asks',
        remedy: 'confirm it',
      }),
    );
    await page.getByLabel('Code that the app shows now').fill(codeOf(secret, stepAt(Date.now())));
    await page.getByRole('button', { name: 'Enrol', exact: true }).click();
    await page.getByTestId('step-up').waitFor();
    open.engine.fail('access.totp_enroll', null);
    await page.getByRole('button', { name: 'Yes, do it' }).click();
    await page.getByTestId('backup-codes').waitFor();
    const asked = sent('access.totp_enroll');
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
  });

  it('takes the sensor of the system where there is one, beside the passphrase, and says where there is none', async () => {
    const page = await security();
    expect(await page.getByText('Electron offers Touch ID on macOS').isVisible()).toBe(true);
    await open.close();
    const found = await security('unlocked', { needs: 'passphrase', biometric: 'Touch ID' });
    expect(await found.getByText('The window takes Touch ID as a proof as well.').isVisible()).toBe(true);
    await found.getByRole('button', { name: 'Enrol an app' }).click();
    open.engine.fail(
      'access.totp_enroll',
      new ContractError({ code: 'rejected', reason: 'step_up', message: 'prove that it is you', remedy: 'do' }),
    );
    await found.getByLabel('Code that the app shows now').fill('123456');
    await found.getByRole('button', { name: 'Enrol', exact: true }).click();
    await found.getByTestId('step-up').getByLabel('Passphrase').waitFor();
    await found.getByRole('button', { name: 'Use Touch ID' }).click();
    await found.getByTestId('step-up').waitFor({ state: 'detached' });
    expect(sent('access.step_up')).toEqual([{ proof: { kind: 'biometric' } }]);
  });

  it('has a new key for each opening, and keeps none in the storage of the page', async () => {
    const page = await security();
    await page.getByRole('button', { name: 'Enrol an app' }).click();
    const first = await shownKey(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.content()).not.toContain(first.slice(0, 4));
    await page.getByRole('button', { name: 'Enrol an app' }).click();
    expect(await shownKey(page)).not.toBe(first);
    expect(
      await page.evaluate(() => [localStorage, sessionStorage].map((kept) => JSON.stringify(kept)).join(' ')),
    ).not.toContain(await shownKey(page));
    expect(sent('access.totp_enroll')).toEqual([]);
  });

  it('takes backup codes off the clipboard after half a minute, unless something else is on it', async () => {
    const page = await security();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.clock.install();
    await page.getByRole('button', { name: 'Enrol an app' }).click();
    await page.getByLabel('Code that the app shows now').fill(codeOf(await shownKey(page), stepAt(Date.now())));
    await page.getByRole('button', { name: 'Enrol', exact: true }).click();
    const codes = (await page.getByTestId('backup-codes').innerText()).split('\n');
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect((await clipboard()).split('\n')).toEqual(codes);
    await page.clock.fastForward(29_000);
    expect((await clipboard()).split('\n')).toEqual(codes);
    await page.clock.fastForward(2000);
    await expect.poll(clipboard).toBe('');
    await page.getByRole('button', { name: 'Copied' }).click();
    await expect.poll(clipboard).not.toBe('');
    await page.evaluate(() => navigator.clipboard.writeText('something else'));
    await page.clock.fastForward(31_000);
    expect(await clipboard()).toBe('something else');
  });

  it('changes the passphrase: typed twice, sent once, and says what the engine refused', async () => {
    const page = await security();
    await page.getByRole('button', { name: 'Change it' }).click();
    const sheet = page.getByRole('dialog');
    const type = async (old: string, first: string, second: string): Promise<void> => {
      await sheet.getByLabel('Passphrase that holds now').fill(old);
      await sheet.getByLabel('New passphrase').fill(first);
      await sheet.getByLabel('Once more').fill(second);
      await sheet.getByRole('button', { name: 'Change it' }).click();
    };
    await type('wrong', 'another passphrase', 'and another one');
    await sheet.getByText('The two differ').waitFor();
    expect(sent('vault.change_passphrase')).toEqual([]);
    await type('wrong', 'another passphrase', 'another passphrase');
    await sheet.getByText('that passphrase does not open this vault').waitFor();
    expect(await sheet.getByLabel('New passphrase').inputValue()).toBe('');
    await type(SCRIPTED_PASSPHRASE, 'another passphrase', 'another passphrase');
    await sheet.waitFor({ state: 'detached' });
    expect(sent('vault.change_passphrase').at(-1)).toEqual({
      credential: { kind: 'passphrase', passphrase: SCRIPTED_PASSPHRASE },
      passphrase: 'another passphrase',
      withoutKeychain: false,
    });
  });

  it('makes a new recovery code only when its last group was typed back', async () => {
    const page = await security();
    await page.getByRole('button', { name: 'Make a new code' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Passphrase').fill(SCRIPTED_PASSPHRASE);
    await sheet.getByRole('button', { name: 'Go on' }).click();
    const code = await sheet.getByTestId('recovery-code').innerText();
    expect(readRecoveryCode(code).kind).toBe('ok');
    await sheet.getByLabel('Type its last group').fill('ZZZZ');
    await sheet.getByRole('button', { name: 'I have it on paper: go on' }).click();
    await sheet.getByText('not its last group').waitFor();
    expect(sent('vault.new_recovery')).toEqual([]);
    await sheet.getByLabel('Type its last group').fill(code.split(' ').at(-1) ?? '');
    await sheet.getByRole('button', { name: 'I have it on paper: go on' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect(sent('vault.new_recovery')).toEqual([
      {
        credential: { kind: 'passphrase', passphrase: SCRIPTED_PASSPHRASE },
        recoveryCode: code.replaceAll(' ', '-'),
      },
    ]);
  });

  it('lets the vault open by itself only with the passphrase, after its warning', async () => {
    const page = await security();
    const unattended = page.getByRole('switch', { name: 'Start without the passphrase' });
    await unattended.click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('Warning: whoever gets into your user account').waitFor();
    expect(await unattended.isChecked()).toBe(false);
    await sheet.getByLabel('Passphrase').fill(SCRIPTED_PASSPHRASE);
    await sheet.getByRole('button', { name: 'Let it open by itself' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect(await unattended.isChecked()).toBe(true);
    expect(sent('vault.unattended')).toEqual([
      { credential: { kind: 'passphrase', passphrase: SCRIPTED_PASSPHRASE }, on: true },
    ]);
  });

  it('asks for a passphrase before anything that needs one, and lists who came', async () => {
    const page = await security('open');
    for (const name of ['Change it', 'Make a new code', 'Write anew', 'Enrol an app', 'Lock now'])
      expect(await page.getByRole('button', { name }).isDisabled(), name).toBe(true);
    expect(await page.getByRole('button', { name: 'Set a passphrase' }).isEnabled()).toBe(true);
    const log = page.getByRole('region', { name: 'Access log' });
    expect(await log.getByRole('row').allInnerTexts()).toHaveLength(4);
    await log.getByText('Proof refused').waitFor();
  });

  it('locks at once, and keeps whole minutes only', async () => {
    const page = await security();
    await page.getByLabel('Minutes', { exact: true }).fill('241');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByText('Whole minutes from 1 to 240.').waitFor();
    expect(sent('preferences.set')).toEqual([]);
    await page.getByLabel('Minutes', { exact: true }).fill('5');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect.poll(() => sent('preferences.set')).toEqual([{ changes: { idleMinutes: 5 } }]);
    await page.getByRole('button', { name: 'Lock now' }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
  });

  it('sends an exchange key once, empties its fields, and never shows it again', async () => {
    const page = await exchanges();
    await page.getByRole('button', { name: 'Add a key' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('Your name for it').fill('binance-main');
    await sheet.getByLabel('API key').fill('canary-api-key');
    await sheet.getByRole('button', { name: 'Store the key' }).click();
    await sheet.getByText('Give the API key and the secret.').waitFor();
    expect(sent('keys.put')).toEqual([]);

    const release = open.engine.stall('keys.put');
    await sheet.getByLabel('API key').fill('canary-api-key');
    await sheet.getByLabel('Secret').fill('canary-secret');
    await sheet.getByLabel('Secret').press('Enter');
    await expect.poll(() => sent('keys.put')).toHaveLength(1);
    for (const label of ['API key', 'Secret', 'Password of the key'])
      expect(await sheet.getByLabel(label, { exact: true }).inputValue(), label).toBe('');
    // Typed again and pressed again while the first is under way.
    await sheet.getByLabel('API key').fill('canary-api-key');
    await sheet.getByLabel('Secret').fill('canary-secret');
    await sheet.locator('form').evaluate((form) => (form as HTMLFormElement).requestSubmit());
    release();
    await sheet.waitFor({ state: 'detached' });
    await page.locator('[data-key="binance-main"]').waitFor();
    expect(sent('keys.put')).toEqual([
      { name: 'binance-main', venue: 'binance', apiKey: 'canary-api-key', secret: 'canary-secret' },
    ]);
    expect(await page.content()).not.toContain('canary');
    expect(open.problems).toEqual([]);
  });

  it('changes the parts of a key that are typed, and says why the engine refused', async () => {
    const page = await exchanges();
    await page.locator('[data-key="okx-second"]').getByRole('button', { name: 'Change' }).click();
    const sheet = page.getByRole('dialog');
    open.engine.fail(
      'keys.put',
      new ContractError({
        code: 'rejected',
        reason: 'storage',
        message: 'the disk is full',
        remedy: 'free some space',
      }),
    );
    await sheet.getByLabel('Secret').fill('canary-secret');
    await sheet.getByRole('button', { name: 'Store the key' }).click();
    await sheet.getByRole('alert').getByText('the disk is full').waitFor();
    expect(await sheet.getByLabel('Secret').inputValue()).toBe('');
    expect(sent('keys.put')).toEqual([{ name: 'okx-second', venue: 'okx', secret: 'canary-secret' }]);
  });

  it('removes a key and an account only when asked twice', async () => {
    const page = await exchanges();
    for (const [row, call] of [
      ['[data-key="okx-second"]', 'keys.remove'],
      ['[data-account="okx-second"]', 'accounts.remove'],
    ] as const) {
      await page.locator(row).getByRole('button', { name: 'Remove' }).click();
      expect(sent(call)).toEqual([]);
      await page.locator(row).getByRole('button', { name: 'Remove' }).click();
      await page.locator(row).waitFor({ state: 'detached' });
      expect(sent(call)).toEqual([{ name: 'okx-second' }]);
    }
  });

  it('stores no key before there is a passphrase, and shows the way to one', async () => {
    const page = await exchanges('open', false);
    expect(await page.getByRole('button', { name: 'Add a key' }).isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Set one in Security' }).click();
    await page.getByRole('button', { name: 'Set a passphrase' }).waitFor();
  });

  it('adds an account for a stored key, with the pairs that are pairs', async () => {
    const page = await exchanges();
    await page.getByText('Refused: its keys must not be used').waitFor();
    await page.getByText('these keys may withdraw from OKX').waitFor();
    await page.getByRole('button', { name: 'Add an account' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByLabel('What it trades').fill('bitcoin');
    await sheet.getByRole('button', { name: 'Add it' }).click();
    await sheet.getByText('Write pairs such as BTC/USDT').waitFor();
    await sheet.getByLabel('What it trades').fill('btc/usdt, ETH/USDT');
    await sheet.getByRole('button', { name: 'Add it' }).click();
    await sheet.waitFor({ state: 'detached' });
    expect(sent('accounts.add')).toEqual([
      { name: 'kraken-main', exchange: 'kraken', environment: 'sandbox', instruments: ['BTC/USDT', 'ETH/USDT'] },
    ]);
  });

  it('checks a venue at its test system alone, after asking, and says what failed', async () => {
    const page = await exchanges();
    const row = page.locator('[data-venue="kraken"]');
    await row.getByRole('button', { name: 'Check' }).click();
    await row.getByText('Place orders at the test system of kraken?').waitFor();
    expect(sent('venue.check')).toEqual([]);
    await row.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('kraken: 1 passed, 1 failed, 0 skipped').waitFor();
    await page.getByText('an order that rests: the venue did not find it again').waitFor();
    expect(sent('venue.check')).toEqual([{ id: 'kraken', sandbox: true }]);
  });
});
