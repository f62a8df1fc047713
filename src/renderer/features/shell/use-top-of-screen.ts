import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A screen that is gone to begins at its top; parts of the same one, such as two settings, keep their place. */
export function useTopOfScreen(path: string): RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const shown = useRef<string>(undefined);
  useLayoutEffect(() => {
    const screen = path.split('/')[1] ?? '';
    if (main.current !== null && shown.current !== screen) main.current.scrollTop = 0;
    shown.current = screen;
  }, [path]);
  return main;
}
