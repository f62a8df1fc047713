import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unixMs } from '#core/domain/ids.ts';
import { openApiTokens } from '#host/access/api-tokens.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';

let folder = tempFolder('mt-tokens');
beforeEach(() => {
  folder = tempFolder('mt-tokens');
});
afterEach(() => folder.remove());
const TOKEN = '7f'.repeat(32);

describe('tokens of programs', () => {
  it('end at their moment, to the millisecond, and stay listed until they are revoked', () => {
    const storage = openTestStorage(folder.path);
    let now = 1_000;
    const tokens = openApiTokens(storage.journal, () => now);
    tokens.make({ name: 'bot', scope: 'trade', expiresAt: 2_000, token: TOKEN }, unixMs(1));
    now = 1_999;
    const found = tokens.find(TOKEN);
    expect(found).toMatchObject({ name: 'bot', scope: 'trade' });
    now = 2_000;
    expect(tokens.find(TOKEN)).toBeUndefined();
    expect(found === undefined || tokens.stands(found)).toBe(false);
    expect(tokens.list().map(({ name }) => name)).toEqual(['bot']);
    tokens.revoke('bot', unixMs(2));
    expect(openApiTokens(storage.journal, () => 1_500).find(TOKEN)).toBeUndefined();
    expect(() => tokens.revoke('bot', unixMs(3))).toThrow('there is no token bot');
    storage.close();
  });

  it('are twenty at most, and one token has one name', () => {
    const storage = openTestStorage(folder.path);
    const tokens = openApiTokens(storage.journal, () => 1);
    const make = (n: number, token = n.toString(16).padStart(64, '0')): void =>
      tokens.make({ name: `bot-${n}`, scope: 'view', expiresAt: null, token }, unixMs(1));
    make(0);
    expect(() => make(1, '0'.repeat(64))).toThrow('in use under another name');
    for (let n = 1; n < 20; n++) make(n);
    expect(() => make(20)).toThrow('20 tokens are the most');
    storage.close();
  });
});
