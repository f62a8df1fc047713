import { useCallback } from 'react';
import { useStore } from 'zustand';
import type { Layout } from '#shared/contract/preferences.ts';
import { preferenceStore } from '../../app/preferences.ts';
import { useStores } from '../../stores/stores-context.tsx';

const SCREEN = 'market';
const AS_IT_COMES: Layout = { locked: false, sizes: {} };

/**
 * The parts of the screen whose size the master chooses, in pixels: at first, the fewest, and the fewest of what stands before each. At 1024 x 680
 * all of the fewest fit beside each other.
 */
export const PARTS = {
  side: { axis: 'x', standard: 336, least: 272, rest: 480 },
  lower: { axis: 'y', standard: 208, least: 112, rest: 352 },
  patterns: { axis: 'x', standard: 352, least: 208, rest: 208 },
  book: { axis: 'y', standard: 320, least: 160, rest: 240 },
} as const;
export type PartName = keyof typeof PARTS;

const layoutNow = (): Layout => preferenceStore.getState().layouts[SCREEN] ?? AS_IT_COMES;

export const useLayoutLocked = (): boolean =>
  useStore(preferenceStore, ({ layouts }) => layouts[SCREEN]?.locked ?? false);
export const useLayoutChanged = (): boolean =>
  useStore(preferenceStore, ({ layouts }) => Object.keys(layouts[SCREEN]?.sizes ?? {}).length > 0);
export const usePartSize = (part: PartName): number =>
  useStore(preferenceStore, ({ layouts }) => layouts[SCREEN]?.sizes[part] ?? PARTS[part].standard);

/** Keeps how this screen is divided, with the other preferences. */
export function useKeepLayout(): (change: Partial<Layout>) => void {
  const { preferences } = useStores();
  return useCallback(
    (change) => {
      const layouts = { ...preferenceStore.getState().layouts, [SCREEN]: { ...layoutNow(), ...change } };
      void preferences.change({ layouts });
    },
    [preferences],
  );
}

/** Keeps the size of one part; the size of the beginning is no choice and goes along with later versions. */
export function useKeepSize(part: PartName): (size: number) => void {
  const keep = useKeepLayout();
  return useCallback(
    (size) => {
      const { [part]: before, ...others } = layoutNow().sizes;
      const sizes = size === PARTS[part].standard ? others : { ...others, [part]: size };
      if (before !== sizes[part]) keep({ sizes });
    },
    [keep, part],
  );
}
