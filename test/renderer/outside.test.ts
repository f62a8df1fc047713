import { describe, expect, it } from 'vitest';
import { notRunWithoutChromium } from './support/chromium.ts';
import type { OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: what reaches out of this machine and into it');

describe.skipIf(left)('what reaches out of this machine and into it', () => {
  const openWindow = useWindows();
  const sent = (open: OpenWindow, name: string): readonly unknown[] =>
    open.engine.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('sets a channel of alerts with a secret that goes in and is never seen again, tests it, and turns it off', async () => {
    const open = await openWindow({ vault: 'unlocked', route: '/settings/notifications' });
    const { page } = open;
    const row = page.locator('[data-channel="webhook"]');
    await row.getByText('Off').waitFor();
    await page.getByRole('button', { name: 'Set up Webhook' }).click();
    await page.getByRole('button', { name: 'Save and turn on' }).click();
    await page.getByText('Something does not fit: Address.').waitFor();
    await page.getByLabel('Address').fill('https://hooks.example.org/a');
    await page.getByRole('button', { name: 'Save and turn on' }).click();
    await page.getByText('The secret is missing').waitFor();
    await page.getByLabel('Secret that signs').fill('canary-signing-secret');
    await page.getByRole('button', { name: 'Save and turn on' }).click();
    await row.getByText('hooks.example.org').waitFor();
    expect(sent(open, 'outbound.set')).toEqual([
      {
        setting: { channel: 'webhook', url: 'https://hooks.example.org/a', least: 'normal', amounts: false },
        secret: 'canary-signing-secret',
        user: 'webhook',
      },
    ]);
    expect(await page.content()).not.toContain('canary-signing-secret');

    await page.getByRole('button', { name: 'Change Webhook' }).click();
    expect(await page.getByLabel('Address').inputValue()).toBe('https://hooks.example.org/a');
    expect(await page.getByLabel('Secret that signs').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Test Webhook' }).click();
    await page.getByText('Webhook: the test was sent.').waitFor();
    await row.getByRole('button', { name: 'Turn off' }).click();
    await row.getByRole('button', { name: 'Turn off' }).click();
    await row.getByText('Off').waitFor();
    expect(sent(open, 'outbound.remove')).toEqual([{ channel: 'webhook' }]);
  });

  it('asks for a passphrase first where the vault takes no secret', async () => {
    const { page } = await openWindow({ vault: 'open', route: '/settings/notifications' });
    await page.getByText('The vault takes no secret before it has a passphrase').waitFor();
    expect(await page.getByRole('button', { name: 'Set up E-mail' }).isDisabled()).toBe(true);
  });

  it('makes a token here, shows it once, and ends one', async () => {
    const open = await openWindow({ vault: 'unlocked', route: '/settings/security' });
    const { page } = open;
    await page.locator('[data-token="night-bot"]').getByText('over').waitFor();
    await page.getByRole('button', { name: 'New token' }).click();
    await page.getByLabel('Name').fill('My Bot');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByText('Small letters, digits and hyphens, at most 30.').waitFor();
    await page.getByLabel('Name').fill('my-bot');
    await page.getByRole('button', { name: 'Make it' }).click();
    const shown = await page.locator('output').innerText();
    expect(shown).toMatch(/^[0-9a-f]{64}$/);
    expect(sent(open, 'tokens.make')).toMatchObject([{ name: 'my-bot', scope: 'view', token: shown }]);
    await page.getByRole('button', { name: 'I have it' }).click();
    await page.locator('[data-token="my-bot"]').waitFor();
    expect(await page.content()).not.toContain(shown);
    const row = page.locator('[data-token="dashboard"]');
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.getByRole('button', { name: 'Revoke' }).click();
    await row.waitFor({ state: 'detached' });
    expect(sent(open, 'tokens.revoke')).toEqual([{ name: 'dashboard' }]);
  });

  it('says which entries ask, and how long there is to decide', async () => {
    const open = await openWindow({ vault: 'unlocked', route: '/settings/limits' });
    const { page } = open;
    await page.getByRole('radio', { name: 'Every entry' }).check();
    await expect.poll(() => sent(open, 'preferences.set')).toEqual([{ changes: { askEntries: 'every' } }]);
    await page.locator('#setting-approvalMinutes').getByRole('combobox').click();
    await page.getByRole('option', { name: '30 minutes' }).click();
    await expect.poll(() => sent(open, 'preferences.set').at(-1)).toEqual({ changes: { approvalMinutes: 30 } });
  });
});
