import { protocol, type Session } from 'electron';
import type { PageFiles } from '#host/page-files.ts';
import { pageResponse } from './page-response.ts';

/** Must run before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Serves the built page of our own scheme. Resolves once the scripts that it asked for first have all arrived: from then on the page is busy with
 * itself, and this process, which has to pass every piece of them on, is free.
 */
export function serveApp(session: Session, files: PageFiles): Promise<void> {
  return new Promise((resolve) => {
    let onTheirWay = 0;
    session.protocol.handle('app', (request) => {
      if (isScript(request.url)) onTheirWay += 1;
      return pageResponse(request, files);
    });
    const over = ({ url }: { readonly url: string }): void => {
      if (!isScript(url)) return;
      onTheirWay -= 1;
      if (onTheirWay > 0) return;
      // Each request would be told here for the life of the window.
      session.webRequest.onCompleted(null);
      session.webRequest.onErrorOccurred(null);
      resolve();
    };
    session.webRequest.onCompleted(over);
    session.webRequest.onErrorOccurred(over);
  });
}

const isScript = (url: string): boolean => url.endsWith('.js');
