import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GENERATOR_START } from '#adapters/feed-generator/generated-market.ts';
import { createSteppedGeneratorFeed } from '#adapters/feed-generator/generator-feed.ts';
import { loadInstruments } from '#adapters/instruments/load-instruments.ts';
import { draft, payloadOf } from '#core/cycle/records.ts';
import { formatDecimal } from '#core/domain/decimal.ts';
import { type AgentId, type RunId, type UnixMs, unixMs } from '#core/domain/ids.ts';
import { TestClock } from '#core/kernel/test-clock.ts';
import { utcText } from '#core/kernel/utc-text.ts';
import { settle } from '#host/leftovers.ts';
import { openStandingAccount } from '#host/standing-account.ts';
import { openTradingState } from '#host/trading-state.ts';
import { SIMULATED_INSTRUMENTS, simulatedInstrument } from '../../support/instruments.ts';
import { openTestStorage } from '../../support/storage.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { accountOf, deskOn } from './desk-rig.ts';

const MINUTE = 60_000;
const RUN = 'R-offline' as RunId;
const btc = simulatedInstrument('BTC/USDT');
const instruments = loadInstruments(SIMULATED_INSTRUMENTS);
const minute = (count: number): UnixMs => unixMs(GENERATOR_START + count * MINUTE);
let folder = tempFolder('mt-offline');
let storage = openTestStorage(folder.path);
beforeEach(() => {
  folder = tempFolder('mt-offline');
  storage = openTestStorage(folder.path);
});
afterEach(() => {
  storage.close();
  folder.remove();
});

const opening = { asset: 'USDT', cash: '10000', marketSeed: 29, ts: GENERATOR_START };
const standing = () => openStandingAccount({ journal: storage.journal, instruments, opening });

/** What the journal holds when a process dies eleven minutes after an agent has bought. */
function dieHolding(): void {
  const { journal } = storage;
  const { spec } = deskOn({
    name: 'offline',
    instrument: btc,
    interval: '5m',
    at: minute(0),
    account: accountOf('10000', minute(0)),
  });
  standing();
  const agentId = 'A-00000001' as AgentId;
  journal.append(journal.beginCycle(), [
    draft(RUN, minute(0), 'cycle.started', {
      instrumentId: btc.id,
      symbol: btc.symbol,
      interval: '5m',
      at: minute(0),
      seed: 29,
      environment: 'simulated',
      market: { kind: 'generator', seed: 29 },
      account: 'standing',
      quoteAsset: 'USDT',
      startingEquity: '10000',
      cash: '10000',
      feeBps: '10',
      halfSpreadBps: '1',
      trigger: 'terminal',
    }),
    draft(RUN, minute(0), 'agent.spawned', { agentId, spec, why: 'a test' }),
    draft(RUN, minute(11), 'order.filled', {
      clientOrderId: 'mt0000000000000001',
      agentId,
      instrumentId: btc.id,
      tradeId: 'T-1',
      side: 'buy',
      purpose: 'entry',
      price: '27000',
      quantity: '0.01',
      fee: '0.27',
      feeAsset: 'USDT',
      liquidity: 'taker',
      status: 'filled',
      filledQuantity: '0.01',
    }),
  ]);
}

/** The next start, at a minute of the market's time. */
async function startAt(now: UnixMs) {
  const { account, leftovers } = standing();
  const clock = new TestClock(now);
  const market = { seed: 29, speed: 0, clock, feed: createSteppedGeneratorFeed({ seed: 29, clock, instruments }) };
  const tradingState = openTradingState({
    journal: storage.journal,
    runDir: folder.path,
    onError: (error) => {
      throw error;
    },
  });
  for (const leftover of leftovers)
    await settle(leftover, { storage, account, market, logger: storage.logger, instruments, tradingState });
  return { account, leftovers, records: storage.journal.read(0, 1_000) };
}

describe('candles that closed while the program was off', () => {
  it('fill nothing of the past: the next start closes what was open at the next open, and names the window and its candles', async () => {
    dieHolding();
    const { account, leftovers, records } = await startAt(minute(33));
    expect(leftovers).toHaveLength(1);
    expect(account.state().positions.get(btc.id)?.quantity.units).toBe(0n);

    const closing = records.findLast(({ type }) => type === 'order.filled');
    if (closing === undefined) throw new Error('nothing was closed');
    expect(payloadOf(closing, 'order.filled')).toMatchObject({ purpose: 'flatten', side: 'sell', quantity: '0.01' });
    // The candle that was open at minute 33 cannot fill it; the one that opens at minute 35 does.
    expect(closing.ts).toBe(minute(35));
    const written = records.filter(({ ts, type }) => ts > minute(11) && ts < minute(33) && type !== 'account.opened');
    expect(written).toEqual([]);

    const end = records.findLast(({ type }) => type === 'cycle.interrupted');
    if (end === undefined) throw new Error('the cycle was not ended');
    // Those that closed at minutes 15, 20, 25 and 30.
    expect(payloadOf(end, 'cycle.interrupted').reason).toBe(
      `the program ended before the cycle did; offline window ${utcText(minute(11))} to ${utcText(minute(33))}, 4 5m candles missed`,
    );
  });

  it('are none when the market stood still with the program', async () => {
    dieHolding();
    const { records } = await startAt(minute(11));
    const end = records.findLast(({ type }) => type === 'cycle.interrupted');
    expect(end && payloadOf(end, 'cycle.interrupted').reason).toContain(
      `offline window ${utcText(minute(11))} to ${utcText(minute(11))}, 0 5m candles missed`,
    );
  });
});

describe('the standing account', () => {
  it('is what its journal says: another opening changes nothing, and there is one opening', () => {
    dieHolding();
    const before = standing();
    const again = openStandingAccount({
      journal: storage.journal,
      instruments,
      opening: { ...opening, cash: '99999', marketSeed: 7 },
    });
    expect(formatDecimal(again.account.cash())).toBe('9729.73');
    expect(again.account.state()).toEqual(before.account.state());
    expect(again.marketSeed).toBe(29);
    const opened = storage.journal.read(0, 1_000).filter(({ type }) => type === 'account.opened');
    expect(opened).toHaveLength(1);
  });
});
