import { describe, expect, it } from 'vitest';
import { createRedactor } from '#adapters/logger/redact.ts';
import { createRingLogger } from '#adapters/logger/ring-logger.ts';
import { writeRecoveryCode } from '#shared/recovery-code.ts';

describe('the logger', () => {
  it('keeps the newest lines and writes nothing unless asked', () => {
    const written: string[] = [];
    const logger = createRingLogger({ verbose: false, capacity: 3, now: () => 5, write: (text) => written.push(text) });
    for (let i = 0; i < 10; i++) logger.info(`line ${i}`);
    expect(logger.recent().map((line) => line.message)).toEqual(['line 7', 'line 8', 'line 9']);
    expect(written).toEqual([]);
  });

  it('writes each line with its level when verbose', () => {
    const written: string[] = [];
    const logger = createRingLogger({ verbose: true, now: () => 0, write: (text) => written.push(text) });
    logger.warn('slow', { ms: 12 });
    expect(written).toEqual(['1970-01-01T00:00:00.000Z warn slow {"ms":12}\n']);
  });

  it('never holds nor writes a secret, however deep it lies', () => {
    const secret = 'hunter2-hunter2';
    const written: string[] = [];
    const logger = createRingLogger({ verbose: true, write: (text) => written.push(text) });
    logger.info('request', {
      apiKey: secret,
      list: [{ secret }, { Token: secret }],
      nested: {
        passphrase: secret,
        password: { text: secret },
        dbKey: Buffer.from(secret),
        bytes: Buffer.from(secret),
      },
      privateKey: secret,
      headers: { Authorization: secret, Cookie: secret },
      instrument: 'BTC/USDT',
    });
    const everything = written.join('') + JSON.stringify(logger.recent());
    for (const form of [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret).toJSON().data.join(',')]) {
      expect(everything).not.toContain(form);
    }
    expect(everything).toContain('BTC/USDT');
  });

  it('keeps the message of an error but its stack out of memory', () => {
    const written: string[] = [];
    const logger = createRingLogger({ verbose: true, write: (text) => written.push(text) });
    logger.error('failed', new TypeError('no such thing'));
    expect(logger.recent()[0]?.detail).toEqual({ error: 'TypeError', message: 'no such thing' });
    expect(JSON.stringify(logger.recent())).not.toContain('ring-logger.test');
    expect(written.join('')).toContain('ring-logger.test');
  });

  it('survives details that contain themselves, are huge or are no data', () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(
      JSON.stringify(createRedactor().redact({ circle, big: 'x'.repeat(5000), n: 10n, f: () => 1 })).length,
    ).toBeLessThan(3000);
  });

  it('finds secrets inside texts: addresses, bodies, headers and recovery codes', () => {
    const written: string[] = [];
    const logger = createRingLogger({ verbose: true, write: (text) => written.push(text) });
    const secret = 'zKq81canaryX';
    const code = writeRecoveryCode(new Uint8Array(32).fill(200));
    const texts = [
      `GET https://api/x?apiKey=${secret}&side=buy&signature=${secret}`,
      `{"secret":"${secret}","side":"buy"}`,
      `Authorization: Bearer ${secret}`,
      `passphrase = ${secret}`,
      `it was ${code} and ${code.toLowerCase().replaceAll('-', ' ')}`,
    ];
    for (const text of texts) {
      logger.warn(text, { text, list: [text] });
      logger.error('failed', new Error(text));
    }
    logger.error('failed', Object.assign(new Error('x'), { stack: texts.join('\n') }));
    const everything = written.join('') + JSON.stringify(logger.recent());
    for (const form of [secret, code, code.toLowerCase().replaceAll('-', ' ')]) expect(everything).not.toContain(form);
    expect(everything).toContain('side=buy');
  });

  it('learns a secret by its value, and hides it under any name and in any form', () => {
    const logger = createRingLogger({ verbose: false });
    const secret = 'pl+ain/wo=rds';
    logger.hide(secret);
    logger.hide(`${secret} and more`);
    logger.warn(`venue said ${secret}`, { note: `${secret} and more`, url: encodeURIComponent(secret), [secret]: 1 });
    logger.error(Buffer.from(secret).toString('base64'), new Error(secret));
    const everything = JSON.stringify(logger.recent());
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64'), 'and more'])
      expect(everything).not.toContain(form);
  });

  it('does not hide ordinary words because a secret was short', () => {
    const logger = createRingLogger({ verbose: false });
    logger.hide('buy');
    logger.info('a buy order');
    expect(logger.recent()[0]?.message).toBe('a buy order');
  });
});
