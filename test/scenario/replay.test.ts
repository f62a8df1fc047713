import { afterEach, describe, expect, it } from 'vitest';
import { createRng } from '#core/kernel/rng.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';

let running: TestEngine | undefined;
afterEach(() => running?.close());

/** What the faces show of the account and of every cycle; the clock of this process is no part of it. */
async function shown({ engine }: TestEngine) {
  const portfolio = await engine.handlers['portfolio.get']({});
  const status = await engine.handlers['engine.status']({});
  if ('sealed' in status) throw new Error('the vault is sealed');
  const cycles = await engine.handlers['cycle.list']({ limit: 50 });
  const views = [];
  for (const { cycle } of cycles) {
    const { timings: _timings, stages: _stages, ...view } = (await engine.handlers['cycle.get']({ cycle })) ?? {};
    views.push(view);
  }
  return {
    // The newest price of what is not held is the market's, and nothing that happened.
    positions: portfolio.positions.map(({ lastPrice, ...rest }) =>
      rest.direction === 'flat' ? rest : { ...rest, lastPrice },
    ),
    fills: portfolio.fills,
    openOrders: portfolio.openOrders,
    equity: status.equity,
    cash: status.cash,
    drawdown: status.drawdownFraction,
    lessons: status.lessons,
    journal: status.journal,
    agents: await engine.handlers['agents.list']({ limit: 50 }),
    cycles: views,
  };
}

describe('the journal played again', () => {
  it('gives the account, the positions and every view as they were live, after random cycles', async () => {
    const rng = createRng(77);
    running = await startTestEngine();
    for (let i = 0; i < 6; i++) {
      const instrument = ['BTC/USDT', 'ETH/USDT'][rng.integer(2)] ?? 'BTC/USDT';
      await running.press({ instrument, seed: rng.integer(10_000) });
    }
    for (const reason of ['a test', 'again']) {
      await running.engine.handlers['engine.kill']({ reason, verb: 'flatten' });
      await running.engine.handlers['engine.resume']({ reason });
      await running.press({ seed: 29 });
    }
    const live = await shown(running);
    expect(live.fills.length).toBeGreaterThan(0);
    running = await running.reopen();
    const replayed = await shown(running);
    expect(replayed).toEqual(live);
  });
});

/** Where a path of this machine, or how long something took, would show. */
const PATH = /(^|["\s(=:])(\/(home|tmp|root|usr|var|etc|opt|mnt)\/|[A-Za-z]:\\|file:\/\/)/;
const DURATION = /"(\w*(Ms|Millis|elapsed|duration|latency|tookS?)|\w*[pP]ath|home|file|dir)":/;

/** Between a candle and the decision, in the market's time: the same for the same inputs. */
const MARKET_TIME = '"dataAgeMs":';

describe('what is hashed', () => {
  it('holds no path and no duration, and says so of every type of record that a session writes', async () => {
    running = await startTestEngine();
    await running.press({ seed: 29 });
    await running.press({ seed: 3 });
    await running.engine.handlers['engine.kill']({ reason: 'a test', verb: 'flatten' });
    await running.engine.handlers['engine.resume']({ reason: 'a test' });
    const records = await running.records();
    expect(new Set(records.map(({ type }) => type)).size).toBeGreaterThan(12);
    const offenders = records.filter(
      ({ payload }) => PATH.test(payload) || DURATION.test(payload.replaceAll(MARKET_TIME, '')),
    );
    expect(offenders.map(({ type, payload }) => `${type} ${payload.slice(0, 200)}`)).toEqual([]);
    // And the check would see one.
    expect(PATH.test('{"x":"/tmp/mt-1/home"}') && DURATION.test('{"elapsedMs":5}')).toBe(true);
  });
});
