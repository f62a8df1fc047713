import type { Fixed } from './fixed.ts';

export type Balance = { free: Fixed; held: Fixed };

/** What is traded away as fees ends here, so that the sum over all accounts never changes. */
export const FEE_ACCOUNT = 'exchange-fees';

/** Balances of every account, with what open orders set aside. No amount is ever negative: a bug throws instead. */
export type Accounts = {
  balance(account: string, asset: string): Readonly<Balance>;
  /** Assets that the account ever held. */
  assets(account: string): readonly string[];
  names(): readonly string[];
  deposit(account: string, asset: string, amount: Fixed): void;
  hold(account: string, asset: string, amount: Fixed): void;
  release(account: string, asset: string, amount: Fixed): void;
  /** Pays out of what was set aside. */
  spendHeld(account: string, asset: string, amount: Fixed): void;
  credit(account: string, asset: string, amount: Fixed): void;
  debit(account: string, asset: string, amount: Fixed): void;
  /** Sum over all accounts, fees included. */
  total(asset: string): Fixed;
};

export function createAccounts(touched: (account: string, asset: string) => void): Accounts {
  const accounts = new Map<string, Map<string, Balance>>();
  const entry = (account: string, asset: string): Balance => {
    let assets = accounts.get(account);
    if (assets === undefined) accounts.set(account, (assets = new Map()));
    let balance = assets.get(asset);
    if (balance === undefined) assets.set(asset, (balance = { free: 0n, held: 0n }));
    return balance;
  };
  const move = (account: string, asset: string, free: Fixed, held: Fixed): void => {
    const balance = entry(account, asset);
    if (balance.free + free < 0n || balance.held + held < 0n)
      throw new Error(
        `the exchange would owe ${asset} of ${account}: ${balance.free} + ${free}, ${balance.held} + ${held}`,
      );
    balance.free += free;
    balance.held += held;
    touched(account, asset);
  };
  return {
    balance: (account, asset) => entry(account, asset),
    assets: (account) => [...(accounts.get(account)?.keys() ?? [])],
    names: () => [...accounts.keys()],
    deposit: (account, asset, amount) => move(account, asset, amount, 0n),
    hold: (account, asset, amount) => move(account, asset, -amount, amount),
    release: (account, asset, amount) => move(account, asset, amount, -amount),
    spendHeld: (account, asset, amount) => move(account, asset, 0n, -amount),
    credit: (account, asset, amount) => move(account, asset, amount, 0n),
    debit: (account, asset, amount) => move(account, asset, -amount, 0n),
    total: (asset) => {
      let sum = 0n;
      for (const assets of accounts.values()) {
        const balance = assets.get(asset);
        if (balance !== undefined) sum += balance.free + balance.held;
      }
      return sum;
    },
  };
}
