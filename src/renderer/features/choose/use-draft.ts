import { useEffect, useState } from 'react';
import type { AgentDraft } from '#shared/contract/agents.ts';
import type { DraftRequest } from '../../stores/agents-store.ts';
import { type ViewError, viewError } from '../../stores/loaded.ts';
import { useStores } from '../../stores/stores-context.tsx';

/** Long enough that a word is typed, short enough that nobody waits for it. */
const TYPED_MS = 200;

export type Draft = {
  /** The newest brief that there was. */
  readonly draft: AgentDraft | null;
  /** Why there is none of what stands there now. */
  readonly error: ViewError | null;
  /** What stands there is what the brief says. */
  readonly current: boolean;
};

/** The brief of what stands in the form, asked for again once typing rests. An answer to what stood there before is thrown away. */
export function useDraft(request: DraftRequest): Draft {
  const { agents } = useStores();
  const asked = JSON.stringify(request);
  const [state, setState] = useState<Omit<Draft, 'current'> & { readonly of: string }>({
    draft: null,
    error: null,
    of: '',
  });
  useEffect(() => {
    let left = false;
    const timer = setTimeout(
      () =>
        void agents.draft(JSON.parse(asked)).then(
          (draft) => left || setState({ draft, error: null, of: asked }),
          (thrown: unknown) => left || setState(({ draft }) => ({ draft, error: viewError(thrown), of: asked })),
        ),
      TYPED_MS,
    );
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [agents, asked]);
  return { draft: state.draft, error: state.error, current: state.of === asked };
}
