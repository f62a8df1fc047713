import { resolve } from 'node:path';
import { Fault } from '#core/kernel/fault.ts';
import type { ArgsOf } from '#shared/commands/registry.ts';
import { type Run, withSession } from '../context.ts';
import { EXIT } from '../failure.ts';
import { arbitrageLines } from '../text/arbitrage-lines.ts';
import { present } from './lab-request.ts';

/** Every pair of the given markets, from what was there to what survives. Paths become absolute: an engine may have another folder. */
export const runLabArbitrage: Run<ArgsOf<'lab.arbitrage'>> = async (args, context) => {
  const { data, fee, html, csv, halfSpread, leastProfit, share, rejected, partial, late, ...rest } = args;
  const unknown = Object.keys(fee).find((venue) => !data.some((market) => market.venue === venue));
  if (unknown !== undefined)
    throw new Fault('usage', `--fee names ${unknown}, of which there are no candles`, 'Name a venue of a --data.');
  const path = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : resolve(context.cwd, name);
  const request = {
    markets: data.map((market) => ({
      ...market,
      path: resolve(context.cwd, market.path),
      ...present({ feeBps: fee[market.venue] }),
    })),
    ...present({
      ...rest,
      halfSpreadBps: halfSpread,
      leastBps: leastProfit,
      volumeShare: share,
      html: path(html),
      csv: path(csv),
      stock: rest.stock === undefined ? undefined : String(rest.stock),
    }),
    rates: present({ rejected, partial, late }),
  };
  return withSession(context, 'trade', async ({ client }) => {
    const found = await client.invoke('lab.arbitrage', request);
    context.output.lines(arbitrageLines(found));
    context.output.answer(found);
    return EXIT.ok;
  });
};
