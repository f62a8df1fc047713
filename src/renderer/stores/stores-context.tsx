import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { AuditState } from './audit-store.ts';
import type { CycleState } from './cycle-store.ts';
import type { EngineState } from './engine-store.ts';
import type { LabState } from './lab-store.ts';
import type { LaunchState } from './launch-store.ts';
import type { MarketState } from './market-store.ts';
import type { Stores } from './stores.ts';
import type { TradingState } from './trading-store.ts';

export const StoresContext = createContext<Stores | null>(null);

/** The stores of this connection. A screen rendered outside of a connection is a defect. */
export function useStores(): Stores {
  const stores = use(StoresContext);
  if (stores === null) throw new Error('A screen was rendered without its stores.');
  return stores;
}

export const useEngine = <T,>(select: (state: EngineState) => T): T => useStore(useStores().engine, select);
export const useCycle = <T,>(select: (state: CycleState) => T): T => useStore(useStores().cycle, select);
export const useMarket = <T,>(select: (state: MarketState) => T): T => useStore(useStores().market, select);
export const useAudit = <T,>(select: (state: AuditState) => T): T => useStore(useStores().audit, select);
export const useLaunchState = <T,>(select: (state: LaunchState) => T): T => useStore(useStores().launch, select);
export const useTrading = <T,>(select: (state: TradingState) => T): T => useStore(useStores().trading, select);
export const useLab = <T,>(select: (state: LabState) => T): T => useStore(useStores().lab, select);
