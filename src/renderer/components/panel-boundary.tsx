import type { ReactNode } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { useTranslation } from 'react-i18next';
import { ErrorState } from './states.tsx';

type Props = { readonly title: string; readonly children: ReactNode };

function Broken({ title, error, resetErrorBoundary }: FallbackProps & { readonly title: string }) {
  const { t } = useTranslation();
  const why = error instanceof Error ? error.message : String(error);
  return (
    <ErrorState
      error={{
        code: 'window',
        message: t('states.notDrawn', { title, why }),
        remedy: t('states.notDrawnRemedy'),
      }}
      retry={resetErrorBoundary}
      retryLabel={t('states.drawAgain')}
    />
  );
}

const brokenIn = (title: string) => (props: FallbackProps) => <Broken title={title} {...props} />;

/** One per panel: what breaks inside it is named there, with a way to draw it again. */
export function PanelBoundary({ title, children }: Props) {
  return <ErrorBoundary fallbackRender={brokenIn(title)}>{children}</ErrorBoundary>;
}
