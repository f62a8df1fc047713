import { type ReactNode, useEffect, useRef } from 'react';

/** Between two flashes of one figure; 2.5 a second, below the three that WCAG 2.3.1 allows. */
const BETWEEN_FLASHES_MS = 400;

/** A figure whose background fades once when it changes. Changes in quick succession share a flash; stillness and Mono have none (app.css). */
export function Ticking({ value, children }: { readonly value: string; readonly children: ReactNode }) {
  const element = useRef<HTMLSpanElement>(null);
  const last = useRef({ value, at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    const now = performance.now();
    if (value === last.current.value) return;
    const due = now - last.current.at >= BETWEEN_FLASHES_MS;
    last.current = { value, at: due ? now : last.current.at };
    if (!due || element.current === null) return;
    element.current.classList.remove('tick');
    // Reading a size makes the browser take note of the removal, so that the animation begins anew.
    void element.current.offsetWidth;
    element.current.classList.add('tick');
  }, [value]);
  return <span ref={element}>{children}</span>;
}
