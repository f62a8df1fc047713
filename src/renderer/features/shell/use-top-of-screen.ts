import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A screen that is gone to begins at its top; parts of the same one, such as two settings, keep their place. */
export function useTopOfScreen(path: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const screen = path.split('/')[1] ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name of the screen is what it waits for
  useLayoutEffect(() => {
    if (main.current !== null) main.current.scrollTop = 0;
  }, [screen]);
  return main;
}
