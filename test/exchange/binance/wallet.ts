import { formatFixed } from '../core/fixed.ts';
import { json } from '../server/answer.ts';
import type { Handler } from './handler.ts';

/** What this key may do: the answer by which a client refuses a key that can withdraw. */
export const apiRestrictions: Handler = ({ key }) =>
  json({
    ipRestrict: false,
    createTime: 1_600_000_000_000,
    enableReading: key.read,
    enableWithdrawals: key.withdraw,
    enableInternalTransfer: false,
    enableMargin: false,
    enableFutures: false,
    permitsUniversalTransfer: false,
    enableVanillaOptions: false,
    enableFixApiTrade: false,
    enableFixReadOnly: false,
    enableSpotAndMarginTrading: key.trade,
    enablePortfolioMarginTrading: false,
  });

export const systemStatus: Handler = ({ venue }) =>
  json(venue.maintenance ? { status: 1, msg: 'system_maintenance' } : { status: 0, msg: 'normal' });

export const coins: Handler = ({ venue, key }) => {
  const names = new Set(venue.exchange.instruments().flatMap(({ base, quote }) => [base, quote]));
  return json(
    [...names].map((coin) => {
      const { free, held } = venue.exchange.accounts.balance(key.account, coin);
      return {
        coin,
        depositAllEnable: true,
        withdrawAllEnable: true,
        name: coin,
        free: formatFixed(free),
        locked: formatFixed(held),
        freeze: '0',
        withdrawing: '0',
        ipoing: '0',
        ipoable: '0',
        storage: '0',
        isLegalMoney: false,
        trading: true,
        networkList: [],
      };
    }),
  );
};

export const tradeFee: Handler = ({ venue }) =>
  json(
    venue.exchange.instruments().map(({ id }) => ({ symbol: id, makerCommission: '0.001', takerCommission: '0.001' })),
  );

/** Nothing can be traded on margin here. */
export const noPairs: Handler = () => json([]);
