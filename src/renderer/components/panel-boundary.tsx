import { Component, type ReactNode } from 'react';
import { ErrorState } from './states.tsx';

type Props = { readonly title: string; readonly children: ReactNode };
type State = { readonly error: Error | null };

/** One per panel: what breaks inside it is named there, with a way to draw it again. A class, because React offers nothing else. */
export class PanelBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <ErrorState
        error={{
          code: 'window',
          message: `${this.props.title} could not be drawn: ${error.message}`,
          remedy: 'Trading is not affected: this is a defect of the window.',
        }}
        retry={() => this.setState({ error: null })}
        retryLabel="Draw again"
      />
    );
  }
}
