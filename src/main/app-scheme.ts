import { protocol, type Session } from 'electron';
import type { PageFiles } from '#host/page-files.ts';
import { pageResponse } from './page-response.ts';

/** Must run before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page of our own scheme. Resolves once its first script was handed out: from then on the page is busy with itself. */
export function serveApp(session: Session, files: PageFiles): Promise<void> {
  return new Promise((resolve) => {
    session.protocol.handle('app', (request) => {
      if (request.url.endsWith('.js')) resolve();
      return pageResponse(request, files);
    });
  });
}
