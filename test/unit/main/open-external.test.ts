import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeElectron } from './fake-electron.ts';

const fake = createFakeElectron();
vi.doMock('electron', () => fake.electron);
const { openExternal: openIn } = await import('../../../src/main/open-external.ts');
const { createSpoken } = await import('../../../src/main/spoken.ts');
const { OUTSIDE_HOSTS } = await import('../../../src/main/outside-address.ts');
const { state } = fake;
const spoken = createSpoken(() => 'en-US');
const openExternal = (text: string): Promise<boolean> => openIn(text, spoken);

const hosts = [...OUTSIDE_HOSTS];
const GOOD = hosts.flatMap((host) => [
  `https://${host}`,
  `https://${host}/`,
  `https://${host}/en/my/settings/api-management?x=1#top`,
]);

/** Around a host that would be welcome: everything that could reach another place, or another program. */
const around = (host: string): readonly string[] => [
  `http://${host}/`,
  `https://${host}:8443/`,
  `https://user@${host}/`,
  `https://user:pass@${host}/`,
  `https://${host}.evil.example/`,
  `https://evil-${host}/`,
  `https://evil.example/${host}`,
  `https://${host}\\@evil.example/`,
  `https:\\\\${host}/`,
  `https:/${host}/`,
  `https://${host.replace('a', '\u0430').replace('o', '\u043e')}/x`,
  `https://${host}\u3002example/`,
  `https://${host}\t/`,
  ` https://${host}/`,
  `https://${host}/ `,
  `HTTPS://${host}/`,
  `https://${host.toUpperCase()}/`,
  `https://${host}/../../x`,
  `ftp://${host}/`,
  `javascript:location='https://${host}/'`,
  `file://${host}/share`,
];
const BAD = [
  ...hosts.slice(0, 7).flatMap(around),
  'javascript:alert(1)',
  'file:///etc/passwd',
  'smb://server/share',
  '\\\\server\\share',
  'ms-settings:privacy',
  'ms-msdt:/id PCWDiagnostic',
  'search-ms:query=x',
  'vscode://file/etc/passwd',
  'mailto:a@example.com',
  'tel:1',
  'data:text/html,<script>1</script>',
  'blob:https://www.kraken.com/1',
  'about:blank',
  'app://master-trader/',
  'chrome://settings',
  'view-source:https://www.kraken.com/',
  'https://',
  'https://.',
  'https://example.com/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://localhost/',
  'https://xn--krken-7ta.com/',
  '',
  'www.kraken.com',
  '//www.kraken.com/',
  `https://www.kraken.com/${'a'.repeat(3_000)}`,
  '\u0000https://www.kraken.com/',
];

describe('the way out to a browser', () => {
  beforeEach(() => {
    state.opened.length = 0;
    state.questions.length = 0;
    state.answer = 0;
  });

  it('[checklist 15] is open to known hosts over https, after the master said yes, and to nothing else of 200 addresses', async () => {
    expect(GOOD.length + BAD.length).toBeGreaterThan(200);
    for (const address of BAD) expect(await openExternal(address), address).toBe(false);
    expect(state.questions, 'what may not be opened is not even asked about').toEqual([]);
    for (const address of GOOD) expect(await openExternal(address), address).toBe(true);
    expect(state.opened).toHaveLength(GOOD.length);
    expect(state.questions.map(({ detail }) => detail)).toEqual(state.opened);
  });

  it('[checklist 15] stays shut when the master says no', async () => {
    state.answer = 1;
    for (const address of GOOD) expect(await openExternal(address)).toBe(false);
    expect(state.opened).toEqual([]);
    expect(state.questions).toHaveLength(GOOD.length);
  });

  it('[checklist 15] asks one question at a time', async () => {
    const asked = await Promise.all(Array.from({ length: 50 }, () => openExternal('https://www.kraken.com/')));
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(state.questions).toHaveLength(1);
  });
});
