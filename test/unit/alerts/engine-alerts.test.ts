import { afterEach, describe, expect, it } from 'vitest';
import type { Announcement } from '#host/alerts/open-alerts.ts';
import type { AlertView } from '#shared/contract/alerts.ts';
import { startTestEngine, type TestEngine } from '../../support/engine.ts';

let engine: TestEngine | undefined;
afterEach(async () => {
  await engine?.close();
  engine = undefined;
});

const listed = async ({ engine: { handlers } }: TestEngine): Promise<readonly AlertView[]> =>
  (await handlers['alerts.list']({ limit: 500, unreadOnly: false })).alerts;
const kindsOf = (alerts: readonly AlertView[]): readonly string[] => alerts.map(({ kind }) => kind);

describe('the alerts of a real engine', () => {
  it('are made of its records: who was spawned, what it came to, and a kill, each told once and kept over a restart', async () => {
    const told: Announcement[] = [];
    engine = await startTestEngine({ onAlert: (announcement) => told.push(announcement) });
    let traded = await engine.press({ seed: 29 });
    for (let seed = 30; traded.agentId === null && seed < 60; seed += 1) traded = await engine.press({ seed });
    expect(traded.agentId).not.toBeNull();
    await engine.engine.handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });

    const alerts = await listed(engine);
    const ended = alerts.find(({ kind }) => kind === 'agent_ended');
    expect(kindsOf(alerts)).toEqual(expect.arrayContaining(['agent_spawned', 'agent_ended', 'kill_done']));
    expect(ended?.text).toContain(traded.agentId ?? 'an agent');
    expect(ended?.link).toBe(`/agents/${traded.agentId}`);
    // Fills of made prices are kept, and nobody is told of them.
    for (const { heldBack, read } of alerts.filter(({ kind }) => kind === 'order_filled' || kind === 'stop_hit'))
      expect([heldBack, read]).toEqual(['off here', true]);
    expect(told.find(({ alert }) => alert.kind === 'agent_ended')?.alert.hidden).toContain('•••');

    engine = await engine.reopen();
    const after = await listed(engine);
    // What waited for others was told at the end; nothing is told a second time.
    expect(kindsOf(after).filter((kind) => kind === 'agent_ended')).toHaveLength(
      kindsOf(alerts).filter((kind) => kind === 'agent_ended').length,
    );
    const fills = after.filter(({ kind }) => ['order_filled', 'stop_hit', 'target_hit'].includes(kind));
    expect(fills.length).toBeGreaterThan(0);
  });

  it('are read, muted and counted by their calls, and what must be told cannot be muted', async () => {
    engine = await startTestEngine();
    const { handlers } = engine.engine;
    await handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });
    const { unread } = await handlers['alerts.list']({ limit: 10, unreadOnly: true });
    expect(unread).toBe(1);
    expect(await handlers['alerts.read']({ ids: 'all' })).toEqual({ changed: 1, unread: 0 });
    expect(() => handlers['alerts.mute']({ kind: 'kill_done', muted: true })).toThrow(/always told/);
    await handlers['alerts.mute']({ kind: 'agent_spawned', muted: true });
    engine = await engine.reopen();
    const kinds = await engine.engine.handlers['alerts.kinds']({});
    expect(kinds.filter(({ muted }) => muted).map(({ kind }) => kind)).toEqual(['agent_spawned']);
  });

  it('tell a price that was reached, once, after a restart too', async () => {
    engine = await startTestEngine({ pace: 'realtime' });
    const { handlers } = engine.engine;
    const set = await handlers['alerts.price_set']({
      symbol: 'BTC/USDT',
      market: 'simulated',
      side: 'above',
      level: '0.01',
      once: true,
    });
    await handlers['alerts.price_set']({
      symbol: 'BTC/USDT',
      market: 'simulated',
      side: 'below',
      level: '0.01',
      once: true,
    });
    await expect.poll(async () => kindsOf(await listed(engine as TestEngine))).toContain('price_reached');
    expect((await handlers['alerts.price_list']({})).map(({ id }) => id)).toEqual(['P-2']);
    expect(set.id).toBe('P-1');
    engine = await engine.reopen();
    expect((await engine.engine.handlers['alerts.price_list']({})).map(({ id }) => id)).toEqual(['P-2']);
    await expect(async () => engine?.engine.handlers['alerts.price_remove']({ id: 'P-1' })).rejects.toThrow(
      /no price alert/,
    );
  });
});
