import { useEffect, useState } from 'react';
import type { OrderPreview, PreviewRequest } from '#shared/contract/orders.ts';
import { type ViewError, viewError } from '../../stores/loaded.ts';
import { useStores } from '../../stores/stores-context.tsx';

export type Preview =
  | { readonly state: 'empty' | 'asking' }
  | { readonly state: 'seen'; readonly seen: OrderPreview }
  | { readonly state: 'failed'; readonly error: ViewError };

/** Nobody's typing is asked about letter by letter. */
const SETTLES_AFTER_MS = 250;
/** Prices move: what is shown is never older than this while the ticket is open. */
const LOOKS_AGAIN_MS = 5_000;

/** What the engine says of an order as it stands in the ticket. Its JSON is the identity of the question. */
export function usePreview(asked: PreviewRequest | null): Preview {
  const { trading } = useStores();
  const [answer, setAnswer] = useState<{ readonly to: string; readonly preview: Preview } | null>(null);
  const question = asked === null ? null : JSON.stringify(asked);

  useEffect(() => {
    if (question === null) return undefined;
    let over = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      try {
        const seen = await trading.preview(JSON.parse(question) as PreviewRequest);
        if (!over) setAnswer({ to: question, preview: { state: 'seen', seen } });
      } catch (thrown) {
        if (!over) setAnswer({ to: question, preview: { state: 'failed', error: viewError(thrown) } });
      }
      if (!over) timer = setTimeout(() => void ask(), LOOKS_AGAIN_MS);
    };
    timer = setTimeout(() => void ask(), SETTLES_AFTER_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [question, trading]);
  if (question === null) return { state: 'empty' };
  return answer?.to === question ? answer.preview : { state: 'asking' };
}
