import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { readRecoveryCode } from '#shared/recovery-code.ts';
import { notRunWithoutChromium } from './support/chromium.ts';
import { SCRIPTED_PASSPHRASE } from './support/scripted-vault.ts';
import type { OpenWindow } from './support/window.ts';
import { useWindows } from './support/windows.ts';

const left = notRunWithoutChromium('renderer tests: vault');

/** Everything that the page holds in memory, after a collection of garbage. */
async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  let text = '';
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    text += chunk;
  });
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return text;
}

describe.skipIf(left)('the vault in the window', () => {
  const openWindow = useWindows();
  let open: OpenWindow;
  const calls = (): readonly string[] => open?.engine.calls.map(({ name }) => name) ?? [];

  it('shows nothing but the lock while it is sealed, and everything after the passphrase', async () => {
    open = await openWindow({ vault: 'sealed' });
    const { page } = open;
    await page.getByRole('heading', { name: 'The vault is sealed' }).waitFor();
    open.engine.set({ protection: { slot: 'unlock', protected: true, label: 'locked by your passphrase' } });
    expect(calls().filter((name) => name !== 'vault.status')).toEqual([]);
    const field = page.getByLabel('Passphrase');
    expect(await field.getAttribute('type')).toBe('password');
    await field.fill('wrong');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('alert').getByText('4 more tries before a wait').waitFor();
    expect(await field.inputValue()).toBe('');
    await field.fill(SCRIPTED_PASSPHRASE);
    await field.press('Enter');
    await page.getByRole('navigation').first().waitFor();
    await page.getByRole('button', { name: 'Lock', exact: true }).waitFor();
    expect(open.problems).toEqual([]);
  });

  it('takes the recovery code instead, and stops trading without any of them', async () => {
    open = await openWindow({ vault: 'sealed' });
    const { page } = open;
    await page.getByRole('button', { name: 'Emergency stop' }).click();
    await page.getByTestId('killed').waitFor();
    expect(calls()).toContain('engine.kill');
    await page.getByRole('button', { name: 'Use the recovery code' }).click();
    await page.getByLabel('Recovery code').fill('AAAA BBBB');
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('navigation').first().waitFor();
    expect(open.engine.calls.find(({ name }) => name === 'vault.unlock')?.input).toEqual({
      kind: 'recovery',
      code: 'AAAA BBBB',
    });
  });

  it('forgets what it showed when it is locked, and comes back by the passphrase', async () => {
    open = await openWindow({ vault: 'unlocked', route: '/portfolio' });
    const { page, engine } = open;
    engine.set({ protection: { slot: 'unlock', protected: true, label: 'locked by your passphrase' } });
    await page.getByRole('button', { name: 'Lock', exact: true }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/Equity|Drawdown|USDT/);
    const before = calls().length;
    engine.candle();
    await page.getByLabel('Passphrase').fill(SCRIPTED_PASSPHRASE);
    expect(calls().length).toBe(before);
    await page.getByRole('button', { name: 'Unlock' }).click();
    await page.getByRole('navigation').first().waitFor();
  });

  it('says before anything is typed that a running cycle has to end first', async () => {
    open = await openWindow({ vault: 'open' });
    const { page } = open;
    open.engine.set({ cycleRunning: 1 });
    await page.getByRole('button', { name: 'Not protected' }).click();
    await page.getByText('A cycle is running. Wait until it has ended').waitFor();
    expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(true);
    open.engine.set({ cycleRunning: null });
    await page.getByText('A cycle is running').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Next' }).isDisabled()).toBe(false);
  });

  it('sets a passphrase: typed twice, with a recovery code that has to be shown to be written down', async () => {
    open = await openWindow({ vault: 'open' });
    const { page } = open;
    await page.getByRole('button', { name: 'Not protected' }).click();
    const type = async (first: string, second: string): Promise<void> => {
      await page.getByLabel('Passphrase', { exact: true }).fill(first);
      await page.getByLabel('Once more').fill(second);
      await page.getByRole('button', { name: 'Next' }).click();
    };
    await type('a passphrase', 'another one');
    await page.getByText('The two differ').waitFor();
    await type('short', 'short');
    await page.getByText('at least 10 characters').waitFor();
    await type('canary-typed-passphrase', 'canary-typed-passphrase');
    const code = await page.getByTestId('recovery-code').innerText();
    expect(readRecoveryCode(code).kind).toBe('ok');
    await page.getByLabel('Type its last group').fill('ZZZZ');
    await page.getByRole('button', { name: 'Set the passphrase' }).click();
    await page.getByText('not its last group').waitFor();
    expect(calls()).not.toContain('vault.set_passphrase');
    await page.getByLabel('Type its last group').fill(code.split(' ').at(-1)?.toLowerCase() ?? '');
    await page.getByRole('button', { name: 'Set the passphrase' }).click();
    await page.getByTestId('recovery-code').waitFor({ state: 'detached' });
    const sent = open.engine.calls.find(({ name }) => name === 'vault.set_passphrase')?.input;
    expect(sent).toEqual({ passphrase: 'canary-typed-passphrase', recoveryCode: code.replaceAll(' ', '-') });
    expect(open.problems).toEqual([]);
    const heap = await heapOf(page);
    expect(heap).toContain('Not protected');
    expect(heap.includes('canary-typed-passphrase'), 'the passphrase is in the memory of the page').toBe(false);
    for (const form of [code, code.replaceAll(' ', '-')])
      expect(heap.includes(form), 'the recovery code is in the memory of the page').toBe(false);
  });

  it('says what is wrong with the keyring, and how long to wait', async () => {
    open = await openWindow({ vault: 'sealed' });
    const { page, engine } = open;
    await page.getByRole('heading', { name: 'The vault is sealed' }).waitFor();
    engine.setVault({
      problem: 'the Secret Service keyring is locked',
      remedy: 'unlock it',
      attempts: { left: 0, waitMs: 61_000 },
    });
    await page.getByText('the Secret Service keyring is locked').waitFor();
    expect(await page.getByRole('button', { name: /Wait 6\d s/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Use the recovery code' }).click();
    expect(await page.getByRole('button', { name: 'Unlock' }).isEnabled()).toBe(true);
  });
});
