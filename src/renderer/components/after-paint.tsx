import { type ReactNode, Suspense, startTransition, useEffect, useState } from 'react';

/** Runs it once the frame of the moment is on the screen; a hidden window paints none, so there it runs in the next task. Answers the undo. */
function afterFrame(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = (): void => {
    timer = setTimeout(run);
  };
  if (document.hidden) soon();
  const frame = document.hidden ? 0 : requestAnimationFrame(soon);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

type Props = { readonly children: ReactNode; readonly className?: string };

/**
 * What takes long to draw, such as a chart: the screen around it is painted first, so that a press is seen to be heard, and this follows a frame
 * later without being in the way of the next press. Until then its place is kept empty.
 */
export function AfterPaint({ children, className }: Props) {
  const [painted, setPainted] = useState(false);
  useEffect(() => afterFrame(() => startTransition(() => setPainted(true))), []);
  const place = <div data-coming="" className={className} />;
  return painted ? <Suspense fallback={place}>{children}</Suspense> : place;
}
